package io.disassembler.profile;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.DecisionRule;
import io.disassembler.data.Size;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Reads what {@link ProfileWriter} laid out; throws some RuntimeException where it is damaged. */
final class ProfileReader {
  private final Group root;
  private final Path file;
  private long left = Runtime.getRuntime().maxMemory() / 2;

  ProfileReader(Group root, Path file) {
    this.root = root;
    this.file = file;
  }

  Profile read() {
    ProfileOutline outline = outline();
    ProfileHeader header = outline.header();
    Group categoryGroup = group(root, ProfileFormat.CATEGORIES);
    int count = header.categories().size();
    List<FeatureMap> maps = new ArrayList<>();
    Map<String, Moments> moments = new HashMap<>();
    List<CategorySums> sums = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      sums.add(new CategorySums(new HashMap<>(), new HashMap<>(), new HashMap<>()));
    }
    Group mapGroups = group(root, ProfileFormat.FEATURE_MAPS);
    for (int i = 0; i < mapGroups.getChildren().size(); i++) {
      Group group = group(mapGroups, ProfileFormat.group(i));
      String name = (String) attribute(group, "name");
      double[] sum = (double[]) data(group, "sum");
      maps.add(new FeatureMap(name, (Integer) attribute(group, "channel_axis"), sum.length));
      double[] cross = (double[]) dataset(group, "cross").getDataFlat();
      double[] positive = (double[]) data(group, "positive");
      moments.put(name, new Moments((Long) attribute(group, "pixels"), sum, cross, positive));
      double[][] forward = (double[][]) data(group, "forward");
      double[][] backward = (double[][]) data(group, "backward");
      double[][] taylor = (double[][]) data(group, "taylor");
      for (int c = 0; c < count; c++) {
        sums.get(c).forward().put(name, forward[c]);
        sums.get(c).backward().put(name, backward[c]);
        sums.get(c).taylor().put(name, taylor[c]);
      }
    }
    Profile profile =
        new Profile(
            header,
            outline.images(),
            maps,
            categories(categoryGroup, sums, examples(maps)),
            moments);
    if (!ProfileDigest.checksum(profile).equals(attribute(root, ProfileFormat.CHECKSUM))) {
      throw new InvalidInputException(
          file
              + ": the profile is damaged: its numbers are not those that were written (content_sha256); profile the model again");
    }
    return profile;
  }

  /** Of what and how it was made, and its images, without the sums. */
  ProfileOutline outline() {
    requireFormat();
    List<String> categories =
        List.of((String[]) data(group(root, ProfileFormat.CATEGORIES), "name"));
    return new ProfileOutline(
        new ProfileHeader(
            (String) attribute(root, "model_sha256"),
            categories,
            (Double) attribute(root, "threshold"),
            (Long) attribute(root, "seed"),
            size(),
            (Integer) attribute(root, "labelled") == 1,
            (String) attribute(root, "version"),
            (String) attribute(root, "output"),
            (String) attribute(root, "card_sha256"),
            rule(),
            (String) attribute(root, "constants_sha256"),
            profiled(categories.size())),
        images());
  }

  /** Only those of some categories alone say which. */
  private List<Integer> profiled(int categories) {
    Group group = group(root, ProfileFormat.CATEGORIES);
    int[] taken =
        group.getChildren().containsKey(ProfileFormat.PROFILED)
            ? (int[]) data(group, ProfileFormat.PROFILED)
            : null;
    return IntStream.range(0, taken == null ? categories : taken.length)
        .filter(category -> taken == null || taken[category] == 1)
        .boxed()
        .toList();
  }

  private record CategorySums(
      Map<String, double[]> forward,
      Map<String, double[]> backward,
      Map<String, double[]> taylor) {}

  private void requireFormat() {
    if (!root.getAttributes().containsKey("format")
        || !ProfileFormat.NAME.equals(attribute(root, "format"))) {
      throw new InvalidInputException(
          file + ": is no profile: an HDF5 file, but not one that profiling wrote");
    }
    Object version = attribute(root, "format_version");
    if (!version.equals(ProfileFormat.VERSION)) {
      throw new InvalidInputException(
          "%s: expected profile format version %d, found %s; profile the model again, or use the program that wrote it"
              .formatted(file, ProfileFormat.VERSION, version));
    }
  }

  /** Only those of volumes have a depth. */
  private Size size() {
    int height = (Integer) attribute(root, "height");
    int width = (Integer) attribute(root, "width");
    return root.getAttributes().containsKey(ProfileFormat.DEPTH)
        ? new Size((Integer) attribute(root, ProfileFormat.DEPTH), height, width)
        : new Size(height, width);
  }

  private DecisionRule rule() {
    return DecisionRule.INDEPENDENT.word().equals(attribute(root, "decision"))
        ? DecisionRule.INDEPENDENT
        : DecisionRule.EXCLUSIVE;
  }

  private SortedMap<String, Long> images() {
    SortedMap<String, Long> images = new TreeMap<>();
    if (root.getChildren().containsKey(ProfileFormat.IMAGES)) {
      String[] names = (String[]) data(root, ProfileFormat.IMAGES);
      long[] contents = (long[]) data(root, ProfileFormat.CONTENTS);
      for (int i = 0; i < names.length; i++) {
        images.put(names[i], contents[i]);
      }
    }
    return images;
  }

  private List<CategoryProfile> categories(
      Group group, List<CategorySums> sums, Map<Integer, List<AttributionExample>> examples) {
    long[] images = (long[]) data(group, "images");
    double[] areas = (double[]) data(group, "mask_area");
    List<CategoryProfile> categories = new ArrayList<>();
    for (int c = 0; c < sums.size(); c++) {
      categories.add(
          new CategoryProfile(
              images[c],
              areas[c],
              sums.get(c).forward(),
              sums.get(c).backward(),
              sums.get(c).taylor(),
              examples.getOrDefault(c, List.of())));
    }
    return categories;
  }

  private Map<Integer, List<AttributionExample>> examples(List<FeatureMap> maps) {
    Group group = group(root, ProfileFormat.EXAMPLES);
    if (!group.getChildren().containsKey("image")) {
      return Map.of();
    }
    String[] images = (String[]) data(group, "image");
    int[] categories = (int[]) data(group, "category");
    Map<String, float[][]> forward = new HashMap<>();
    Map<String, float[][]> backward = new HashMap<>();
    for (int i = 0; i < maps.size(); i++) {
      Group vectors = group(group, ProfileFormat.group(i));
      forward.put(maps.get(i).name(), (float[][]) data(vectors, "forward"));
      backward.put(maps.get(i).name(), (float[][]) data(vectors, "backward"));
    }
    Map<Integer, List<AttributionExample>> examples = new HashMap<>();
    for (int i = 0; i < images.length; i++) {
      examples
          .computeIfAbsent(categories[i], key -> new ArrayList<>())
          .add(new AttributionExample(images[i], row(forward, i), row(backward, i)));
    }
    return examples;
  }

  private static Map<String, float[]> row(Map<String, float[][]> vectors, int row) {
    Map<String, float[]> found = new HashMap<>();
    vectors.forEach((map, rows) -> found.put(map, rows[row]));
    return found;
  }

  private static Group group(Group parent, String name) {
    return (Group) parent.getChild(name);
  }

  /** A few kilobytes can claim gigabytes: sizes are looked at before anything is read. */
  private Dataset dataset(Group parent, String name) {
    Dataset dataset = (Dataset) parent.getChild(name);
    long bytes = dataset.getDataType().getSize();
    for (long extent : dataset.getDimensionsAsLong()) {
      bytes = Math.multiplyExact(bytes, extent);
    }
    left -= bytes;
    if (left < 0) {
      throw new InvalidInputException(
          "%s: the profile says that its numbers take more than half of the memory that Java has, %d MB; give Java more, or, if that cannot be, profile the model again"
              .formatted(file, Runtime.getRuntime().maxMemory() >> 20));
    }
    return dataset;
  }

  private Object data(Group parent, String name) {
    return dataset(parent, name).getData();
  }

  private static Object attribute(Group node, String name) {
    return node.getAttribute(name).getData();
  }
}
