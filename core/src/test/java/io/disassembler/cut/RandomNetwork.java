package io.disassembler.cut;

import io.disassembler.cut.RandomLayers.Map2d;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random convolutional network that ends in a classifier: layers of the kinds that segmentation
 * networks are made of, joined by sums and concatenations at several scales, everything from one
 * seed.
 */
public final class RandomNetwork {
  private static final int CATEGORIES = 4;
  private static final int SMALLEST = 2;
  private static final int LARGEST = 2 * RandomGraph.SIZE;
  private static final int WIDEST = 24;

  private final RandomGraph graph;
  private final RandomLayers layers;
  private final Random random;
  private final List<Map2d> made = new ArrayList<>();

  private RandomNetwork(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
    graph = new RandomGraph(random);
    layers = new RandomLayers(graph);
  }

  /** A network of 3 to 10 layers. */
  static RandomNetwork generate(long seed) {
    RandomNetwork result = new RandomNetwork(seed);
    result.build(3 + result.random.nextInt(8));
    return result;
  }

  /** A network of {@code layers} layers; one may be a block of several nodes. */
  public static RandomNetwork generate(long seed, int layers) {
    RandomNetwork result = new RandomNetwork(seed);
    result.build(layers);
    return result;
  }

  private void build(int count) {
    Map2d current = new Map2d(RandomGraph.IMAGE, 3, RandomGraph.SIZE);
    current = layers.convolution(current, layers.channels(), 1);
    for (int i = 0; i < count; i++) {
      current = layer(current);
      made.add(current);
    }
    if (random.nextInt(8) == 0) {
      graph.alsoReturn(made.get(random.nextInt(made.size())).name());
    }
    classifier(current);
  }

  /** Shape of the input {@code image}. */
  public Shape shape() {
    return graph.shape();
  }

  public Network network() {
    return graph.network();
  }

  @Override
  public String toString() {
    return graph.toString();
  }

  private Map2d layer(Map2d x) {
    if (x.channels() > WIDEST) {
      return layers.convolution(x, layers.channels(), 1);
    }
    return switch (random.nextInt(23)) {
      case 0 -> residual(x);
      case 1 -> concatenation(x);
      case 2 -> concat(List.of(x, x));
      case 3 -> nested(x);
      case 4 -> layers.convolution(x, x.channels(), x.channels());
      case 5 -> layers.depthwise(x);
      case 6 -> layers.grouped(x);
      case 7 -> scaled(x);
      case 8 -> reused(x);
      case 9 -> layers.transposed(x);
      case 10 -> x.size() > SMALLEST ? layers.pooled(x) : layers.resized(x, 2 * x.size());
      case 11 -> x.size() < LARGEST ? layers.resized(x, 2 * x.size()) : layers.pooled(x);
      case 12 -> layers.squeezeAndExcitation(x);
      case 13 -> layers.activated(x);
      case 14 -> layers.normalized(x);
      case 15 -> layers.shuffled(x);
      case 16 -> x.size() < LARGEST ? layers.depthToSpace(x) : layers.spaceToDepth(x);
      case 17 -> halves(x);
      case 18 -> chosen(x);
      case 19 -> twins(x);
      case 20 -> layers.computedBias(x);
      case 21 -> layers.attention(x);
      default -> layers.convolution(x, layers.channels(), 1);
    };
  }

  private Map2d residual(Map2d x) {
    Map2d branch = layers.convolution(layers.convolution(x, layers.channels(), 1), x.channels(), 1);
    return x.as(graph.add("Add", Map.of(), x.name(), branch.name()));
  }

  private Map2d concatenation(Map2d x) {
    return concat(List.of(layers.convolution(x, layers.channels(), 1), x));
  }

  private Map2d nested(Map2d x) {
    Map2d first = concatenation(x);
    return concat(List.of(first, concat(List.of(x, layers.convolution(first, 2, 1)))));
  }

  private Map2d concat(List<Map2d> parts) {
    return new Map2d(
        graph.add(
            "Concat",
            Map.of("axis", RandomLayers.integer(random.nextBoolean() ? 1 : -3)),
            parts.stream().map(Map2d::name).toArray(String[]::new)),
        parts.stream().mapToInt(Map2d::channels).sum(),
        parts.get(0).size());
  }

  /** A constant of one of the shapes that broadcast, added or multiplied. */
  private Map2d scaled(Map2d x) {
    Shape shape =
        switch (random.nextInt(4)) {
          case 0 -> Shape.of(x.channels(), 1, 1);
          case 1 -> Shape.of(1, x.channels(), 1, 1);
          case 2 -> Shape.of();
          default -> Shape.of(1, x.channels(), x.size(), x.size());
        };
    String operator = random.nextInt(3) == 0 ? "Mul" : "Add";
    return x.as(graph.add(operator, Map.of(), graph.weight(shape, 0.5), x.name()));
  }

  /** Joins an earlier value: by sum where its channels fit, else by concatenation, at one scale. */
  private Map2d reused(Map2d x) {
    if (made.isEmpty()) {
      return concatenation(x);
    }
    Map2d earlier = made.get(random.nextInt(made.size()));
    Map2d fitting = earlier.size() == x.size() ? earlier : layers.resized(earlier, x.size());
    return fitting.channels() == x.channels()
        ? x.as(graph.add("Add", Map.of(), fitting.name(), x.name()))
        : concat(List.of(x, fitting));
  }

  /** Splits the channels, works on one part and joins them the other way round. */
  private Map2d halves(Map2d x) {
    if (x.channels() < 2) {
      return concatenation(x);
    }
    int first = 1 + random.nextInt(x.channels() - 1);
    List<String> parts =
        graph.add(
            "Split",
            Map.of("axis", RandomLayers.integer(1)),
            2,
            x.name(),
            graph.integers(first, x.channels() - first));
    Map2d kept = new Map2d(parts.get(0), first, x.size());
    Map2d worked = new Map2d(parts.get(1), x.channels() - first, x.size());
    return concat(List.of(layers.convolution(worked, worked.channels(), 1), kept));
  }

  /** Some channels, as a range or by number. */
  private Map2d chosen(Map2d x) {
    int from = random.nextInt(x.channels());
    int to = from + 1 + random.nextInt(x.channels() - from);
    if (random.nextBoolean()) {
      String y =
          graph.add(
              "Slice",
              Map.of(),
              x.name(),
              graph.integers(from),
              graph.integers(to),
              graph.integers(1));
      return new Map2d(y, to - from, x.size());
    }
    long[] indices = random.longs(1 + random.nextInt(6), -x.channels(), x.channels()).toArray();
    String y =
        graph.add(
            "Gather", Map.of("axis", RandomLayers.integer(1)), x.name(), graph.integers(indices));
    return new Map2d(y, indices.length, x.size());
  }

  /** Two layers that share their weight. */
  private Map2d twins(Map2d x) {
    Shape shape = Shape.of(x.channels(), x.channels(), 3, 3);
    String weight = layers.kernelWeight(shape);
    Map2d first = layers.convolution(x, weight, shape, 1);
    Map2d between = random.nextBoolean() ? first : layers.activated(first);
    return layers.convolution(between, weight, shape, 1);
  }

  /** What networks end in besides logits. */
  private String ending(Map2d logits) {
    return switch (random.nextInt(6)) {
      case 0 -> layers.resized(logits, 2 * logits.size()).name();
      case 1 ->
          logits.channels() == 1
              ? graph.add("Sigmoid", Map.of(), logits.name())
              : graph.add("Softmax", Map.of("axis", RandomLayers.integer(1)), logits.name());
      default -> logits.name();
    };
  }

  private void classifier(Map2d x) {
    if (random.nextInt(8) > 0) {
      int categories = random.nextInt(4) == 0 ? 1 : CATEGORIES;
      String w = graph.weight(Shape.of(categories, x.channels(), 1, 1), 0.5);
      String logits = graph.add("Conv", Map.of(), x.name(), w);
      graph.finish(ending(new Map2d(logits, categories, x.size())));
      return;
    }
    long features = (long) x.channels() * x.size() * x.size();
    boolean turned = random.nextBoolean();
    String w =
        graph.weight(turned ? Shape.of(CATEGORIES, features) : Shape.of(features, CATEGORIES), 0.1);
    String flat = graph.add("Flatten", Map.of(), x.name());
    Map<String, Attribute> attributes = Map.of("transB", RandomLayers.integer(turned ? 1 : 0));
    String scores = graph.add("Gemm", attributes, flat, w, graph.weight(Shape.of(CATEGORIES), 0.5));
    graph.finish(graph.add("Reshape", Map.of(), scores, graph.integers(1, CATEGORIES, 1, 1)));
  }
}
