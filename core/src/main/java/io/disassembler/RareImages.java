package io.disassembler;

import io.disassembler.attribution.ProfilingRun;
import io.disassembler.attribution.ProfilingSession;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Looks for images that show categories of which too few images are known, by one forward pass for
 * each.
 *
 * @param run shows images to the network
 * @param images among which to look, all of them whatever their limit, in an order drawn with their
 *     seed
 * @param known names of images that need not be looked at
 * @param most images to look at
 */
record RareImages(
    SegmentationNetwork network, ProfilingRun run, ImageSet images, Set<String> known, int most) {
  private static final String TASK = "Looking for categories";

  /** Images at a time. */
  private static final int ROUND = 8;

  /**
   * Looks until there are enough.
   *
   * @param categories indices of categories
   * @param missing for each of them how many images are wanted
   * @return for each of them the names of the images found; perhaps more, or fewer
   */
  List<Set<String>> find(List<Integer> categories, List<Integer> missing) {
    List<Set<String>> found = new ArrayList<>();
    categories.forEach(category -> found.add(new TreeSet<>()));
    List<Sample> candidates = candidates();
    if (candidates.isEmpty() || isEnough(found, missing)) {
      return found;
    }
    return Steps.count(
        network.progress(),
        TASK,
        candidates.size(),
        step -> {
          try (ProfilingSession session = run.open(candidates, images.labelled())) {
            int looked = 0;
            while (!isEnough(found, missing) && session.hasNext()) {
              List<LoadedImage> round = session.next(ROUND);
              add(round, session.shown(round), categories, found);
              looked += round.size();
              step.done(looked, candidates.size());
            }
          }
          return found;
        });
  }

  private List<Sample> candidates() {
    // Of volumes, parts are profiled, which have other names.
    Stream<Sample> all =
        network.input().size().volume()
            ? Stream.of()
            : images.atMost(Integer.MAX_VALUE).samples().stream();
    List<Sample> left =
        new ArrayList<>(all.filter(sample -> !known.contains(sample.name())).toList());
    Collections.shuffle(left, new Random(images.seed()));
    return left.subList(0, Math.min(most, left.size()));
  }

  private static void add(
      List<LoadedImage> images,
      List<Set<Integer>> shown,
      List<Integer> categories,
      List<Set<String>> found) {
    for (int i = 0; i < images.size(); i++) {
      for (int c = 0; c < categories.size(); c++) {
        if (shown.get(i).contains(categories.get(c))) {
          found.get(c).add(images.get(i).sample().name());
        }
      }
    }
  }

  private static boolean isEnough(List<Set<String>> found, List<Integer> missing) {
    for (int c = 0; c < missing.size(); c++) {
      if (found.get(c).size() < missing.get(c)) {
        return false;
      }
    }
    return true;
  }
}
