package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A world of red cars, green trees and blue roads, 16 x 16 pixels small, and a network that tells
 * them apart.
 *
 * @param folder holds {@code model.onnx} with its card, {@code images} and {@code masks}
 */
public record Scenes(Path folder) {
  public static final int IMAGES = 6;
  public static final int SIDE = 16;
  private static final int CATEGORIES = 3;
  private static final int KERNELS = 24;
  private static final String CARD =
      """
      categories: [car, tree, road]
      input:
        scale: 255
        size: [16, 16]
      masks:
        ignore: [255]
      """;

  public static Scenes in(Path folder) throws IOException {
    Scenes scenes = new Scenes(folder);
    OnnxWriter.write(network(1).build(), scenes.model());
    Files.writeString(folder.resolve("model.yaml"), CARD);
    Files.createDirectory(scenes.images());
    Files.createDirectory(scenes.masks());
    for (int number = 0; number < IMAGES; number++) {
      scenes.draw(number);
    }
    return scenes;
  }

  public Path model() {
    return folder.resolve("model.onnx");
  }

  public Path images() {
    return folder.resolve("images");
  }

  public Path masks() {
    return folder.resolve("masks");
  }

  /** A path in the folder. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Profiles the model over the images, with more options if need be. */
  public Path profile(Object... options) {
    Path profile = file("model.h5");
    Object[] command = {"profile", model(), "--images", images(), "--output", profile};
    Invocation.succeed(Invocation.join(command, options));
    return profile;
  }

  /**
   * Checks a network of others, and cuts a sub-network for categories that images show out of it.
   */
  Path checkedCut(Path model, String size) throws IOException {
    return checkedCut(model, size, images());
  }

  /** The same, profiled on the first of other images. */
  Path checkedCut(Path model, String size, Path shown) throws IOException {
    Path others = file("others.profile.h5");
    Path seen = file("others.json");
    Path small = file("small.onnx");
    Invocation.succeed("check", model, "--cuts", 2, "--size", size);
    Invocation.succeed(
        "profile",
        model,
        "--images",
        shown,
        "--limit",
        30,
        "--size",
        size,
        "--threshold",
        "0.01",
        "--output",
        others,
        "--json",
        seen);
    Invocation.succeed(
        "extract",
        model,
        "--profile",
        others,
        "--size",
        size,
        "--categories",
        some(JsonFile.read(seen).get("categories")),
        "--keep-macs",
        "0.6",
        "--recovery",
        "ridge",
        "--output",
        small);
    return small;
  }

  /** Numbers of the first two of the categories that images show, or of the only one. */
  private static String some(JsonNode categories) {
    return IntStream.range(0, categories.size())
        .filter(number -> categories.get(number).get("images").asLong() > 0)
        .limit(2)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }

  /** Writes another network, with its card. */
  public Path write(String name, Network.Builder network) throws IOException {
    OnnxWriter.write(network.build(), file(name));
    Files.writeString(file(name.replace(".onnx", ".yaml")), CARD);
    return file(name);
  }

  /** Two hidden layers of noisy copies of the colours; each category's logit sums up its copies. */
  public static Network.Builder network(long seed) {
    Random random = new Random(seed);
    Network.Builder network = new Network.Builder("tiny").opset("", 17);
    network.input(
        new Value(
            "image",
            ElementType.FLOAT,
            List.of(
                new Dimension.Symbolic("n"),
                new Dimension.Fixed(3),
                new Dimension.Symbolic("h"),
                new Dimension.Symbolic("w"))));
    layer(network, random, "image", "first", KERNELS, 3);
    layer(network, random, "first.relu", "second", KERNELS, KERNELS);
    convolution(network, "second.relu", "logits", CATEGORIES, KERNELS, 1, classifier());
    return network.output(new Value("logits", ElementType.FLOAT, maps()));
  }

  /** Extents of one map for each category. */
  static List<Dimension> maps() {
    return List.of(
        new Dimension.Symbolic("n"),
        new Dimension.Fixed(CATEGORIES),
        new Dimension.Symbolic("h"),
        new Dimension.Symbolic("w"));
  }

  private static void layer(
      Network.Builder network, Random random, String from, String to, int kernels, int channels) {
    float[] weights = new float[kernels * channels * 9];
    for (int k = 0; k < kernels; k++) {
      for (int c = 0; c < channels; c++) {
        for (int tap = 0; tap < 9; tap++) {
          double copied = tap == 4 && k % 3 == c % 3 ? 3.0 / channels : 0;
          weights[(k * channels + c) * 9 + tap] =
              (float) (copied + 0.01 * random.nextGaussian() / channels);
        }
      }
    }
    convolution(network, from, to, kernels, channels, 3, weights);
    network.node(Node.of(to + ".act", "Relu", List.of(to), List.of(to + ".relu"), Map.of()));
  }

  private static float[] classifier() {
    float[] weights = new float[CATEGORIES * KERNELS];
    for (int c = 0; c < CATEGORIES; c++) {
      for (int k = 0; k < KERNELS; k++) {
        weights[c * KERNELS + k] = k % 3 == c ? 2 : -1;
      }
    }
    return weights;
  }

  private static void convolution(
      Network.Builder network,
      String from,
      String to,
      int kernels,
      int channels,
      int extent,
      float[] weights) {
    long pad = extent / 2;
    network
        .weight(Weight.ofFloats(to + ".w", Shape.of(kernels, channels, extent, extent), weights))
        .weight(Weight.ofFloats(to + ".b", Shape.of(kernels), new float[kernels]))
        .node(
            Node.of(
                to + ".conv",
                "Conv",
                List.of(from, to + ".w", to + ".b"),
                List.of(to),
                Map.of("pads", Attribute.Ints.of(pad, pad, pad, pad))));
  }

  /** Three vertical stripes in an order and of widths that change with the image. */
  private void draw(int number) throws IOException {
    Random random = new Random(number);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    int first = 4 + random.nextInt(3);
    int second = 9 + random.nextInt(3);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int stripe = x < first ? 0 : x < second ? 1 : 2;
        int category = (stripe + number) % CATEGORIES;
        int shade = 200 + random.nextInt(56);
        image.setRGB(x, y, shade << (16 - 8 * category));
        mask.getRaster().setSample(x, y, 0, category);
      }
    }
    write(image, images().resolve("scene" + number + ".png"));
    write(mask, masks().resolve("scene" + number + ".png"));
  }

  /** Writes a mask of one value. */
  public static void mask(Path file, int value) throws IOException {
    BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    int[] values = new int[SIDE * SIDE];
    java.util.Arrays.fill(values, value);
    mask.getRaster().setSamples(0, 0, SIDE, SIDE, 0, values);
    write(mask, file);
  }

  private static void write(BufferedImage image, Path file) throws IOException {
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
  }
}
