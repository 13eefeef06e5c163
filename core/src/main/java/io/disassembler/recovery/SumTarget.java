package io.disassembler.recovery;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.operator.Affine;
import io.disassembler.selection.Selection;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a node should aim at besides its own output y where that goes into a sum: the sum, a y + o,
 * is what is read, and its other term o, the shortcut of a residual block, is off already in the
 * sub-network (o') by what earlier blocks got wrong. The node can make up for it when it aims at y
 * + (o - o') / a (after He, Zhang and Sun, "Channel Pruning for Accelerating Very Deep Neural
 * Networks", ICCV 2017, section 3.3). Normalisations and concatenations of channels may lie between
 * the node and the sum.
 *
 * @param other the other term, there in both networks before the node runs, (N, C, H, W) or (N, C,
 *     D, H, W)
 * @param first where the node's channels begin among those of the sum
 * @param slope what each of the node's channels is multiplied with on the way to the sum
 */
record SumTarget(String other, int first, double[] slope) {
  /** A channel that hardly reaches the sum cannot make up for anything. */
  private static final double LEAST_SLOPE = 1e-3;

  /**
   * The target of the node at {@code step}; empty if its output goes elsewhere than into one sum,
   * or the sum's other term is not known by then.
   */
  static Optional<SumTarget> of(Anatomy anatomy, int step) {
    Shape shape = anatomy.probe().shape(output(anatomy, step));
    if (!Layout.isMaps(shape.rank())) {
      return Optional.empty();
    }
    double[] slope = new double[Math.toIntExact(shape.dimension(1))];
    Arrays.fill(slope, 1);
    int first = 0;
    int at = step;
    while (true) {
      String value = output(anatomy, at);
      int reader = onlyReader(anatomy, value);
      if (reader < 0) {
        return Optional.empty();
      }
      Node node = anatomy.node(reader);
      if (onlyRounds(anatomy, reader)) {
        at = reader;
        continue;
      }
      Optional<Affine> affine = anatomy.affine(reader);
      if (affine.isPresent()) {
        for (int k = 0; k < slope.length; k++) {
          slope[k] *= affine.get().slope()[first + k];
        }
      } else if (node.operator().equals("Concat") && joinsChannels(anatomy, reader, value)) {
        for (String before : node.inputs().subList(0, node.inputs().indexOf(value))) {
          first += Math.toIntExact(anatomy.probe().shape(before).dimension(1));
        }
      } else if (node.operator().equals("Add")) {
        String other = node.input(node.input(0).equals(value) ? 1 : 0);
        return isKnown(anatomy, other, step) && isAlike(anatomy, other, value)
            ? Optional.of(new SumTarget(other, first, slope))
            : Optional.empty();
      } else {
        return Optional.empty();
      }
      at = reader;
    }
  }

  private static String output(Anatomy anatomy, int step) {
    return anatomy.node(step).outputs().get(0);
  }

  /** Whether a node rounds to whole numbers and does not stand for a rectifier as well. */
  private static boolean onlyRounds(Anatomy anatomy, int step) {
    return anatomy.node(step).operator().equals("FakeQuantize") && anatomy.bounds(step).floor() < 0;
  }

  /** The only node that reads {@code value}, and reads it once; -1 if there is none. */
  private static int onlyReader(Anatomy anatomy, String value) {
    int[] readers =
        IntStream.range(0, anatomy.steps())
            .filter(step -> anatomy.node(step).inputs().contains(value))
            .toArray();
    return readers.length == 1
            && !anatomy.network().isOutput(value)
            && anatomy.node(readers[0]).inputs().stream().filter(value::equals).count() == 1
        ? readers[0]
        : -1;
  }

  /** Whether the result has the extents of {@code value} but for its channels. */
  private static boolean joinsChannels(Anatomy anatomy, int step, String value) {
    Shape joined = anatomy.probe().shape(output(anatomy, step));
    Shape part = anatomy.probe().shape(value);
    return Layout.isMaps(joined.rank()) && joined.with(1, part.dimension(1)).equals(part);
  }

  /** Whether a node before {@code step} makes {@code value}. */
  private static boolean isKnown(Anatomy anatomy, String value, int step) {
    Set<String> known = new HashSet<>();
    IntStream.range(0, step).forEach(s -> known.addAll(anatomy.node(s).outputs()));
    return known.contains(value);
  }

  private static boolean isAlike(Anatomy anatomy, String other, String value) {
    return anatomy.probe().shape(other).equals(anatomy.probe().shape(value))
        && anatomy.groups().channels(other).map(Channels::axis).orElse(1) == 1;
  }

  /**
   * What the node aims at: (N, c, H, W) for its c channels, as they are in the untouched network.
   * It is the node's own output for channels of the sum that are not kept.
   *
   * @param own what the untouched network's node makes
   * @param run both networks, before the sum
   */
  Tensor aim(Tensor own, Anatomy anatomy, Selection selection, PairedRun run) {
    Tensor expected = run.full().value(other);
    Tensor kept = ChannelMap.indices(SelectedChannels.of(anatomy, selection, other));
    Tensor shortfall = torch.zeros_like(expected);
    shortfall.index_copy_(1, kept, expected.index_select(1, kept).sub(run.small().value(other)));
    float[] inverse = new float[slope.length];
    for (int k = 0; k < inverse.length; k++) {
      inverse[k] = Math.abs(slope[k]) < LEAST_SLOPE ? 0 : (float) (1 / slope[k]);
    }
    return own.add(
        shortfall
            .narrow(1, first, slope.length)
            .mul(
                Tensor.create(inverse)
                    .reshape(
                        LongStream.range(0, own.dim())
                            .map(axis -> axis == 1 ? slope.length : 1)
                            .toArray())));
  }
}
