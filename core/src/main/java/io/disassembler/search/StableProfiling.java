package io.disassembler.search;

import io.disassembler.attribution.ProfilingListener;
import io.disassembler.attribution.ProfilingSession;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.LoadedImage;
import io.disassembler.profile.ImageProfile;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileAccumulator;
import io.disassembler.profile.ProfileHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Profiles images until two halves of them agree on what to keep for every category profiled. All
 * images are profiled at first. Once only categories are open that few images show, images are
 * looked at, which takes one forward pass each, and those that show such a category are profiled.
 */
public final class StableProfiling {
  /** Agreement of the halves from which a category is not compared again. */
  static final double ENOUGH = 0.8;

  /** Images before the halves are compared for the first time. */
  static final int FIRST = 16;

  /** Images in each half that show a category before the halves say anything about it. */
  static final int FEWEST = 4;

  /** A category is compared again when so many times as many images show it. */
  private static final double GROWTH = 1.5;

  /** Images at a time; not up to the threads, so that the same images count on any machine. */
  private static final int ROUND = 8;

  /** So many images are looked at for each one that is profiled, at most: forward passes add up. */
  private static final int LOOKS = 4;

  /** How far the profiles of two halves agree on a category: at most 1. */
  @FunctionalInterface
  interface Agreement {
    double of(Profile one, Profile other, int category);
  }

  private final Agreement agreement;
  private final ProfilingSession session;
  private final List<ProfileAccumulator> halves;
  private final double[] agreements;
  private final double[] due;
  private int looked;

  /**
   * @param session with the images in a random order
   */
  public StableProfiling(Anatomy anatomy, ProfilingSession session) {
    this(new HalvesAgreement(anatomy)::of, session);
  }

  /** With another measure of how far halves agree. */
  StableProfiling(Agreement agreement, ProfilingSession session) {
    this.agreement = agreement;
    this.session = session;
    halves = List.of(session.empty(), session.empty());
    agreements = new double[halves.get(0).header().categories().size()];
    Arrays.fill(agreements, Double.NaN);
    due = new double[agreements.length];
  }

  /**
   * Profiles until it is enough, until there are no more images, or until looking for rare
   * categories has taken long enough.
   *
   * @param total how many images there are
   */
  public StableProfile run(int total, ProfilingListener listener) {
    List<Integer> open = open();
    while (!open.isEmpty() && session.hasNext() && looked < LOOKS * (seen() + 1)) {
      List<LoadedImage> images = session.next(ROUND);
      session.profile(areRare(open) ? showing(open, images) : images).forEach(this::count);
      compare(open);
      open = open();
      listener.counted(seen() + looked, total);
    }
    return new StableProfile(profile(), stability(), looked, total);
  }

  private int seen() {
    return halves.get(0).size() + halves.get(1).size();
  }

  private long images(int category) {
    return halves.get(0).images(category) + halves.get(1).images(category);
  }

  private List<Integer> open() {
    return halves.get(0).header().profiled().stream()
        .filter(category -> !(agreements[category] >= ENOUGH))
        .toList();
  }

  /** Whether most images would say nothing about the categories that are open. */
  private boolean areRare(List<Integer> open) {
    return seen() >= FIRST && open.stream().allMatch(category -> 2 * images(category) < seen());
  }

  private List<LoadedImage> showing(List<Integer> open, List<LoadedImage> images) {
    List<Set<Integer>> shown = session.shown(images);
    List<LoadedImage> found = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      if (shown.get(i).stream().anyMatch(open::contains)) {
        found.add(images.get(i));
      }
    }
    looked += images.size() - found.size();
    return found;
  }

  /** To the half that has seen less of the rarest category that the image shows. */
  private void count(ImageProfile image) {
    Comparator<ProfileAccumulator> size = Comparator.comparing(ProfileAccumulator::size);
    Comparator<ProfileAccumulator> order =
        image.categories().keySet().stream()
            .min(Comparator.comparing(this::images).thenComparing(category -> category))
            .map(
                rarest ->
                    Comparator.<ProfileAccumulator>comparingLong(half -> half.images(rarest))
                        .thenComparing(size))
            .orElse(size);
    halves.stream().min(order).orElseThrow().add(image);
  }

  private void compare(List<Integer> open) {
    if (seen() < FIRST) {
      return;
    }
    List<Integer> ready = open.stream().filter(this::isDue).toList();
    if (ready.isEmpty()) {
      return;
    }
    Profile one = halves.get(0).toProfile();
    Profile other = halves.get(1).toProfile();
    for (int category : ready) {
      agreements[category] = agreement.of(one, other, category);
      due[category] = GROWTH * images(category);
    }
  }

  private boolean isDue(int category) {
    return halves.stream().allMatch(half -> half.images(category) >= FEWEST)
        && images(category) >= due[category];
  }

  private Profile profile() {
    ProfileAccumulator sum = ProfileAccumulator.of(halves.get(0).toProfile());
    sum.add(halves.get(1).toProfile());
    return sum.toProfile();
  }

  private List<CategoryStability> stability() {
    ProfileHeader header = halves.get(0).header();
    return header.profiled().stream()
        .map(
            category ->
                new CategoryStability(
                    header.categories().get(category),
                    images(category),
                    agreements[category],
                    agreements[category] >= ENOUGH))
        .toList();
  }
}
