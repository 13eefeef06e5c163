package io.disassembler.profile;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Joins profiles of disjoint sets of images, such as the shards of a large one. They are added up
 * in the order of their first images' names, whatever order they are named in, so that the same
 * profiles give the same bytes. Memory does not grow with their number, but with that of the images
 * by their names.
 */
public final class ProfileMerge {
  private final List<Path> files;
  private final boolean copiesCount;

  private ProfileMerge(List<Path> files, boolean copiesCount) {
    this.files = List.copyOf(files);
    this.copiesCount = copiesCount;
  }

  /**
   * @param files profiles, at least one
   */
  public static ProfileMerge of(List<Path> files) {
    if (files.isEmpty()) {
      throw new InvalidInputException("no profile to merge; name at least one");
    }
    return new ProfileMerge(files, false);
  }

  /**
   * The same, but images of different names that show the same may be in two profiles: each counts,
   * as it does where one profile is made of both.
   */
  public ProfileMerge copiesCount(boolean allowed) {
    return new ProfileMerge(files, allowed);
  }

  /**
   * The profile of all images.
   *
   * @throws InvalidInputException if a file is no profile, or was made of another model, card or
   *     version, or with other settings than the first; or if an image is in two of them, by its
   *     name or by what it shows
   */
  public Profile run() {
    List<Part> parts = files.stream().map(Part::of).sorted(Part.ORDER).toList();
    for (Part part : parts) {
      requireSame(parts.get(0), part);
    }
    requireDisjoint(parts);
    ProfileAccumulator sum = ProfileAccumulator.of(ProfileFile.read(parts.get(0).file()));
    for (Part part : parts.subList(1, parts.size())) {
      add(part, sum);
    }
    return sum.toProfile();
  }

  private static void add(Part part, ProfileAccumulator sum) {
    Profile profile = ProfileFile.read(part.file());
    try {
      sum.add(profile);
    } catch (InvalidInputException e) {
      throw e.in(part.file().toString());
    }
  }

  private static void requireSame(Part first, Part part) {
    try {
      first.outline().header().requireEqual(part.outline().header());
    } catch (InvalidInputException e) {
      throw e.in("%s, which is compared with %s".formatted(part.file(), first.file()));
    }
  }

  private void requireDisjoint(List<Part> parts) {
    Map<String, Part> names = new HashMap<>();
    Map<Long, Seen> contents = new HashMap<>();
    for (Part part : parts) {
      part.outline()
          .images()
          .forEach(
              (name, content) -> {
                Part other = names.putIfAbsent(name, part);
                if (other != null) {
                  throw twice(name, content, other, part);
                }
                Seen copied =
                    copiesCount ? null : contents.putIfAbsent(content, new Seen(name, part));
                if (copied != null && !copied.part().file().equals(part.file())) {
                  throw copied(copied, new Seen(name, part));
                }
              });
    }
  }

  private static InvalidInputException twice(String name, long content, Part one, Part other) {
    return new InvalidInputException(
        (Objects.equals(one.outline().images().get(name), content)
                ? "%s: image '%s' is in %s as well, and would count twice; merge profiles of different images"
                : "%s: image '%s' has the name of another one in %s; give one of them another name, and profile it again")
            .formatted(other.file(), name, one.file()));
  }

  private static InvalidInputException copied(Seen one, Seen other) {
    return new InvalidInputException(
        "%s: image '%s' shows the same as image '%s' in %s, and would count twice; leave one of them out, or let copies count"
            .formatted(other.part().file(), other.name(), one.name(), one.part().file()),
        Setting.COPIES);
  }

  private record Seen(String name, Part part) {}

  /** One of the files to merge. */
  private record Part(Path file, ProfileOutline outline) {
    /** Without images last: they add nothing. */
    static final Comparator<Part> ORDER =
        Comparator.comparing(Part::isEmpty).thenComparing(Part::first);

    static Part of(Path file) {
      return new Part(file, ProfileFile.outline(file));
    }

    boolean isEmpty() {
      return outline.images().isEmpty();
    }

    String first() {
      return isEmpty() ? "" : outline.images().firstKey();
    }
  }
}
