package io.disassembler.input;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.boundary.ImageLayout;
import io.disassembler.boundary.Presentation;
import io.disassembler.boundary.ScoreLayout;
import io.disassembler.boundary.UnitAxis;
import io.disassembler.data.Size;
import io.disassembler.engine.Engine;
import io.disassembler.engine.EngineSettings;
import io.disassembler.engine.Probe;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.operator.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Presents both ends of a file's network as everything works with them: images N x C x H x W,
 * scores N x K x H x W; volumes have a depth before the height. In which order the file has the
 * axes is recognised from the graph, unless it is told.
 */
public final class Ends {
  private Ends() {}

  /**
   * {@code network} with images N x C x H x W.
   *
   * @param told how it has them; null to look
   * @throws InvalidInputException if that cannot be known, or is told wrongly
   */
  public static Network images(Network network, @Nullable Layout told) {
    if (network.inputs().size() != 1) {
      return network;
    }
    Value input = network.inputs().get(0);
    int rank = input.dimensions().map(dimensions -> dimensions.size()).orElse(0);
    if (rank < 3 || rank > 5) {
      return network;
    }
    require(network, "input", input, rank, told);
    Layout layout =
        told != null
            ? told
            : ImageLayout.of(network, input)
                .orElseThrow(() -> unknown(network, "input", input, declared(input), rank));
    return Presentation.images(network, input, layout);
  }

  /**
   * {@code network} with scores N x K x H x W at its first output, or N x H x W without an axis for
   * categories.
   *
   * @param input its images, as {@link #images} presents them
   * @param told how it has the scores; null to look
   * @param threads to run it with, where that takes a look at shapes
   * @throws InvalidInputException if that cannot be known, or is told wrongly
   */
  public static Network scores(
      Network network, NetworkInput input, @Nullable Layout told, int threads) {
    Value output = network.outputs().get(0);
    Probed probed = new Probed(network, input, threads);
    int rank =
        output
            .dimensions()
            .map(dimensions -> dimensions.size())
            .orElseGet(() -> probed.shape(output.name()).rank());
    boolean batched = network.boundary().input().batched();
    boolean volumes = network.boundary().input().volumes();
    if (rank > (volumes ? 5 : 4) || rank < (volumes ? 4 : batched ? 3 : 2)) {
      return network;
    }
    require(network, "output", output, rank, told);
    Layout layout =
        told != null
            ? told
            : ScoreLayout.of(network, output, rank)
                .orElseGet(() -> byExtents(network, output, rank, batched, input, probed));
    Network moved =
        layout.channelsLast() && probed.isSingleReshape(output)
            ? UnitAxis.moved(network, probed::shape)
            : network;
    return Presentation.scores(moved, layout);
  }

  /**
   * Whether an output has the axis of categories behind those of places, as far as the graph shows.
   *
   * @param rank number of its axes
   */
  public static boolean categoriesLast(Network network, Value output, int rank) {
    return ScoreLayout.of(network, output, rank).map(Layout::channelsLast).orElse(false);
  }

  /** One line on how the file has images and scores; empty if it is as everywhere. */
  public static Optional<String> note(Network network) {
    Layout images = network.boundary().input();
    Layout scores = network.boundary().output();
    List<String> parts = new ArrayList<>();
    if (images != images.plain() || scores != scores.plain()) {
      parts.add("images %s, output %s".formatted(images.spelled(), scores.spelled()));
    }
    ElementType pixels = network.boundary().pixels();
    if (pixels != ElementType.FLOAT) {
      parts.add("pixels of type %s".formatted(pixels));
    }
    new TreeSet<>(network.boundary().types().values())
        .stream()
            .filter(type -> type != ElementType.FLOAT)
            .forEach(type -> parts.add("floats of type %s, here of 32 bits".formatted(type)));
    String whole =
        network.boundary().quantized().values().stream()
            .map(stored -> stored.values().type())
            .filter(type -> type.bytes() < 4)
            .distinct()
            .sorted()
            .map(ElementType::toString)
            .collect(Collectors.joining(" and "));
    if (!whole.isEmpty()) {
      parts.add("weights of type %s, here the floats they stand for".formatted(whole));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
  }

  private static Layout byExtents(
      Network network, Value output, int rank, boolean batched, NetworkInput input, Probed probed) {
    if (rank == 4 && network.boundary().input().volumes()) {
      return Layout.NDHW;
    }
    if (rank == 2) {
      return Layout.HW;
    }
    if (rank == 3 && batched) {
      return Layout.NHW;
    }
    Shape shape = probed.shape(output.name());
    Layout first = ImageLayout.first(rank);
    Layout last = ImageLayout.last(rank);
    boolean channelsFirst = isScaled(input.size(), shape, first.channelAxis() + 1);
    boolean channelsLast = isScaled(input.size(), shape, first.channelAxis());
    if (channelsFirst == channelsLast) {
      throw unknown(network, "output", output, shape.toString(), rank);
    }
    return channelsFirst ? first : last;
  }

  /** Whether extents from {@code axis} on are the same part of the image's, but for rounding. */
  private static boolean isScaled(Size image, Shape shape, int axis) {
    long[] own = image.extents();
    for (int i = 1; i < own.length; i++) {
      long one = shape.dimension(axis + i - 1);
      long next = shape.dimension(axis + i);
      if (Math.abs(one * own[i] - next * own[i - 1]) >= Math.max(own[i], own[i - 1])) {
        return false;
      }
    }
    return true;
  }

  private static void require(
      Network network, String role, Value value, int rank, @Nullable Layout told) {
    if (told != null && told.rank() != rank) {
      throw new InvalidInputException(
          "%s: the card says %s.layout: %s, which has %d axes; %s '%s' has %d"
              .formatted(network.name(), role, told, told.rank(), role, value.name(), rank));
    }
  }

  private static InvalidInputException unknown(
      Network network, String role, Value value, String shape, int rank) {
    Layout first = ImageLayout.first(rank);
    Layout last = ImageLayout.last(rank);
    return new InvalidInputException(
        "%s: is %s '%s' %s %s or %s? The graph does not tell; say %s.layout: %s or %s in a card"
            .formatted(
                network.name(),
                role,
                value.name(),
                shape,
                first.spelled(),
                last.spelled(),
                role,
                first,
                last),
        Setting.CARD);
  }

  private static String declared(Value value) {
    return value.dimensions().map(Object::toString).orElse("");
  }

  /** Shapes, from one run where anyone asks. */
  private static final class Probed {
    private static final int NEAR = 8;

    private final Network network;
    private final NetworkInput input;
    private final int threads;
    private @Nullable Probe probe;

    Probed(Network network, NetworkInput input, int threads) {
      this.network = network;
      this.input = input;
      this.threads = threads;
    }

    Shape shape(String value) {
      if (probe == null) {
        try (Engine engine = Engine.of(Program.parse(network), EngineSettings.onCpu(threads))) {
          probe = engine.probe(input.shapes());
        }
      }
      return probe.shape(value);
    }

    /** Whether the output of one category is near a Reshape. */
    boolean isSingleReshape(Value output) {
      String value = output.name();
      for (int node = 0; node < NEAR; node++) {
        var maker = network.producer(value);
        if (maker.isEmpty()) {
          return false;
        }
        if (maker.get().operator().equals("Reshape")) {
          Shape shape = shape(value);
          return shape.rank() >= 4 && shape.dimension(shape.rank() - 1) == 1;
        }
        value = maker.get().input(0);
      }
      return false;
    }
  }
}
