package io.disassembler.profile;

import io.disassembler.base.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums up what images contribute to a profile. For use by one thread. */
public final class ProfileAccumulator {
  private final ProfileHeader header;
  private final List<FeatureMap> featureMaps;
  private final SortedMap<String, Long> images = new TreeMap<>();
  private final List<CategoryProfile> categories;
  private final Map<String, Moments> moments = new HashMap<>();

  /**
   * @param featureMaps in the order in which the network computes them
   */
  public ProfileAccumulator(ProfileHeader header, List<FeatureMap> featureMaps) {
    this.header = header;
    this.featureMaps = List.copyOf(featureMaps);
    categories =
        new ArrayList<>(
            Collections.nCopies(header.categories().size(), CategoryProfile.none(featureMaps)));
    featureMaps.forEach(map -> moments.put(map.name(), Moments.none(map.channels())));
  }

  /** An accumulator that goes on from {@code profile}. */
  public static ProfileAccumulator of(Profile profile) {
    ProfileAccumulator sum = new ProfileAccumulator(profile.header(), profile.maps());
    sum.add(profile);
    return sum;
  }

  public ProfileHeader header() {
    return header;
  }

  /** Number of images counted so far. */
  public int size() {
    return images.size();
  }

  /** Number of those that show category {@code number}. */
  public long images(int number) {
    return categories.get(number).images();
  }

  /** True if {@code image} was counted. */
  public boolean contains(String image) {
    return images.containsKey(image);
  }

  /**
   * Counts one image.
   *
   * @throws InvalidInputException if it was counted before
   */
  public void add(ImageProfile image) {
    requireNew(image.image(), image.content());
    images.put(image.image(), image.content());
    image
        .categories()
        .forEach(
            (number, presence) -> include(number, CategoryProfile.of(image.image(), presence)));
    image.moments().forEach(this::include);
  }

  /**
   * Counts every image of {@code profile}.
   *
   * @throws InvalidInputException if it was made of another model or with other settings, or if one
   *     of its images was counted before
   */
  public void add(Profile profile) {
    requireSame(profile);
    profile.contents().forEach(this::requireNew);
    images.putAll(profile.contents());
    for (int number = 0; number < categories.size(); number++) {
      include(number, profile.category(number));
    }
    featureMaps.forEach(map -> include(map.name(), profile.moments(map.name())));
  }

  /** The profile of all images counted so far. */
  public Profile toProfile() {
    Map<String, Moments> copies = new HashMap<>();
    moments.forEach((map, sums) -> copies.put(map, sums.copy()));
    return new Profile(header, images, featureMaps, categories, copies);
  }

  private void requireNew(String image, long content) {
    Long counted = images.get(image);
    if (counted != null) {
      throw new InvalidInputException(
          (counted == content
                  ? "image '%s' would be counted twice; merge profiles of different images"
                  : "two images that differ are called '%s'; give one of them another name, and profile it again")
              .formatted(image));
    }
  }

  private void include(int number, CategoryProfile addend) {
    categories.set(number, categories.get(number).plus(addend));
  }

  private void include(String featureMap, Moments addend) {
    moments.compute(
        featureMap,
        (name, sums) -> {
          if (sums == null) {
            throw new IllegalArgumentException("not a feature map of this profile: " + name);
          }
          return sums.absorb(addend);
        });
  }

  private void requireSame(Profile profile) {
    header.requireEqual(profile.header());
    if (!profile.maps().equals(featureMaps)) {
      throw new InvalidInputException(
          "profiles cannot be merged: their feature maps differ; profile again with one version");
    }
  }
}
