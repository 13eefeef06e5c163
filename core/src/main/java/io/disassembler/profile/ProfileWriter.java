package io.disassembler.profile;

import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Lays a profile out in an HDF5 file. */
final class ProfileWriter {
  private final WritableGroup root;

  ProfileWriter(WritableGroup root) {
    this.root = root;
  }

  void write(Profile profile) {
    header(profile.header());
    root.putAttribute(ProfileFormat.CHECKSUM, ProfileDigest.checksum(profile));
    if (!profile.images().isEmpty()) {
      root.putDataset(ProfileFormat.IMAGES, profile.images().toArray(String[]::new));
      describe(
          root.putDataset(
              ProfileFormat.CONTENTS,
              profile.contents().values().stream().mapToLong(Long::longValue).toArray()),
          "1",
          "first 8 bytes, big-endian, of the SHA-256 of each image's pixels as the network takes them");
    }
    categories(profile);
    WritableGroup examples = root.putGroup(ProfileFormat.EXAMPLES);
    exampleNames(profile, examples);
    WritableGroup maps = root.putGroup(ProfileFormat.FEATURE_MAPS);
    for (int i = 0; i < profile.maps().size(); i++) {
      featureMap(profile, profile.maps().get(i), maps.putGroup(ProfileFormat.group(i)));
      examples(profile, profile.maps().get(i).name(), examples.putGroup(ProfileFormat.group(i)));
    }
  }

  private void header(ProfileHeader header) {
    root.putAttribute("format", ProfileFormat.NAME);
    root.putAttribute("format_version", ProfileFormat.VERSION);
    root.putAttribute("version", header.version());
    root.putAttribute("model_sha256", header.modelSha256());
    root.putAttribute("output", header.output());
    root.putAttribute("decision", header.rule().word());
    root.putAttribute("card_sha256", header.cardSha256());
    root.putAttribute("constants_sha256", header.constantsSha256());
    root.putAttribute("threshold", header.threshold());
    root.putAttribute("seed", header.seed());
    if (header.size().volume()) {
      root.putAttribute(ProfileFormat.DEPTH, header.size().depth());
    }
    root.putAttribute("height", header.size().height());
    root.putAttribute("width", header.size().width());
    root.putAttribute("labelled", header.labelled() ? 1 : 0);
  }

  private void categories(Profile profile) {
    WritableGroup group = root.putGroup(ProfileFormat.CATEGORIES);
    List<CategoryProfile> categories = categories(profile.header().categories().size(), profile);
    group.putDataset("name", profile.header().categories().toArray(String[]::new));
    describe(
        group.putDataset(
            "images", categories.stream().mapToLong(CategoryProfile::images).toArray()),
        "1",
        "images that show the category");
    describe(
        group.putDataset(
            "mask_area", categories.stream().mapToDouble(CategoryProfile::maskArea).toArray()),
        "pixel",
        "area of the category's masks at the logits' resolution, summed over images");
    if (!profile.header().profilesAll()) {
      List<Integer> profiled = profile.header().profiled();
      describe(
          group.putDataset(
              ProfileFormat.PROFILED,
              IntStream.range(0, categories.size())
                  .map(c -> profiled.contains(c) ? 1 : 0)
                  .toArray()),
          "1",
          "1 where attributions of the category were taken, 0 where nothing is known of it");
    }
  }

  private void featureMap(Profile profile, FeatureMap map, WritableGroup group) {
    group.putAttribute("name", map.name());
    group.putAttribute("channel_axis", map.axis());
    Moments moments = profile.moments(map.name());
    group.putAttribute("pixels", moments.count());
    describe(
        group.putDataset("sum", moments.sum()), "activation", "sum of x over all pixels [channel]");
    describe(
        group.putDataset("cross", square(moments.cross(), map.channels())),
        "activation^2",
        "sum of x x^T over all pixels [channel, channel]");
    describe(
        group.putDataset("positive", moments.positive()),
        "pixel",
        "number of pixels with x > 0 [channel]");
    vectors(
        profile,
        map,
        group,
        "forward",
        CategoryProfile::forwardSum,
        "1",
        "masked max(A, 0), normalised over channels in each image, summed over images [category, channel]");
    vectors(
        profile,
        map,
        group,
        "backward",
        CategoryProfile::backwardSum,
        "logit / activation",
        "masked max(G, 0), summed over images [category, channel]");
    vectors(
        profile,
        map,
        group,
        "taylor",
        CategoryProfile::taylorSum,
        "logit",
        "masked |A G|, summed over images [category, channel]");
  }

  private static void vectors(
      Profile profile,
      FeatureMap map,
      WritableGroup group,
      String name,
      BiFunction<CategoryProfile, String, double[]> sums,
      String unit,
      String description) {
    double[][] rows =
        categories(profile.header().categories().size(), profile).stream()
            .map(category -> sums.apply(category, map.name()))
            .toArray(double[][]::new);
    describe(group.putDataset(name, rows), unit, description);
  }

  private static void exampleNames(Profile profile, WritableGroup group) {
    int count = profile.header().categories().size();
    int[] numbers =
        IntStream.range(0, count)
            .flatMap(c -> profile.category(c).examples().stream().mapToInt(example -> c))
            .toArray();
    String[] images =
        categories(count, profile).stream()
            .flatMap(category -> category.examples().stream().map(AttributionExample::image))
            .toArray(String[]::new);
    if (images.length > 0) {
      group.putDataset("category", numbers);
      group.putDataset("image", images);
    }
  }

  private static void examples(Profile profile, String map, WritableGroup group) {
    List<AttributionExample> examples =
        categories(profile.header().categories().size(), profile).stream()
            .flatMap(category -> category.examples().stream())
            .toList();
    group.putAttribute("name", map);
    if (!examples.isEmpty()) {
      describe(
          group.putDataset(
              "forward",
              examples.stream().map(example -> example.forward(map)).toArray(float[][]::new)),
          "1",
          "forward attribution of one image, normalised over channels [example, channel]");
      describe(
          group.putDataset(
              "backward",
              examples.stream().map(example -> example.backward(map)).toArray(float[][]::new)),
          "logit / activation",
          "masked max(G, 0) of one image [example, channel]");
    }
  }

  private static List<CategoryProfile> categories(int count, Profile profile) {
    return IntStream.range(0, count).mapToObj(profile::category).toList();
  }

  private static double[][] square(double[] flat, int side) {
    double[][] rows = new double[side][];
    Arrays.setAll(rows, row -> Arrays.copyOfRange(flat, row * side, (row + 1) * side));
    return rows;
  }

  private static void describe(WritableDataset dataset, String unit, String description) {
    dataset.putAttribute("unit", unit);
    dataset.putAttribute("description", description);
  }
}
