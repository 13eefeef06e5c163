package io.disassembler.channel;

import io.disassembler.base.Stable;
import io.disassembler.engine.ChannelShuffles;
import io.disassembler.engine.ConstantFolding;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.EngineSettings;
import io.disassembler.engine.Probe;
import io.disassembler.engine.ScatteredUnpooling;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Affine;
import io.disassembler.operator.Bounds;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.Normalizing;
import io.disassembler.operator.Operands;
import io.disassembler.operator.Program;
import io.disassembler.operator.Weighted;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything about a network that cutting it takes: its operators, the shapes of its values, and
 * which channels live and die together.
 *
 * @param threads that it is run with
 */
@Stable
public record Anatomy(Program program, Probe probe, ChannelGroups groups, int threads) {
  /** Values, their gradients, and what is computed from both. */
  private static final long FORTH_AND_BACK = 3;

  /** Takes a network apart, to be run with a thread for each core. */
  public static Anatomy of(Network network, Map<String, Shape> inputs) {
    return of(network, inputs, EngineSettings.DEFAULT.threads());
  }

  /**
   * Takes a network apart.
   *
   * @param network any network that we can run; constants are folded, max unpooling that is written
   *     as a ScatterND becomes a MaxUnpool, and channel shuffles become a Gather
   * @param inputs shape of each graph input, NCHW; costs are counted at these
   * @param threads to run it with, now and later; at least 1
   * @throws io.disassembler.base.InvalidInputException if it has unsupported operators, cannot run
   *     at these shapes, or has trained weights that are not finite
   */
  public static Anatomy of(Network network, Map<String, Shape> inputs, int threads) {
    Program source = Program.parse(network);
    try (Engine engine = Engine.of(source, EngineSettings.onCpu(threads))) {
      Probe probe = engine.probe(inputs);
      Network constants = ConstantFolding.fold(source, probe);
      Probe known = probe.withWeights(constants.weights().values());
      Network plain =
          ChannelShuffles.gathered(ScatteredUnpooling.gathered(constants, known), known);
      Program folded = Program.parse(plain);
      SoundWeights.require(folded);
      Probe complete = probe.withWeights(folded.network().weights().values());
      return new Anatomy(folded, complete, ChannelGroups.of(folded, complete), threads);
    }
  }

  /**
   * The same anatomy around {@code other}: a network with the same nodes, in which some read other
   * weights.
   */
  public Anatomy withNetwork(Network other) {
    Program changed = Program.parse(other);
    Probe extended = probe.withWeights(other.weights().values());
    return new Anatomy(changed, extended, ChannelGroups.of(changed, extended), threads);
  }

  /**
   * The network's threads, on as many images side by side as there is memory for, forth and back.
   *
   * @param times the images that the network was taken apart with, so many times, are one member's
   *     work; at least 1
   */
  public Crew crew(int times) {
    return Crew.of(threads, bytes(times));
  }

  /**
   * Memory that a pass forth and back takes at most: values, their gradients, and what is computed
   * from both.
   *
   * @param times as for {@link #crew}
   */
  public long bytes(int times) {
    return FORTH_AND_BACK * times * probe.bytes();
  }

  /** An engine for the network on the CPU, with all threads for one run. */
  public Engine engine() {
    return Engine.of(program, EngineSettings.onCpu(threads));
  }

  public Network network() {
    return program.network();
  }

  /** Number of nodes. */
  public int steps() {
    return program.steps().size();
  }

  public Program.Step step(int step) {
    return program.steps().get(step);
  }

  public Node node(int step) {
    return step(step).node();
  }

  /** The weight that operand {@code input} of node {@code step} is; empty if it is computed. */
  public Optional<Weight> weight(int step, int input) {
    return network().weight(node(step).input(input));
  }

  /** How node {@code step} keeps its kernels; empty if it is no weighted layer. */
  public Optional<Kernels> kernels(int step) {
    return step(step).operator() instanceof Weighted layer
        ? layer.kernels(shapes(step))
        : Optional.empty();
  }

  /** What node {@code step} does to each channel; empty if it does more than multiply and add. */
  public Optional<Affine> affine(int step) {
    return step(step).operator() instanceof Normalizing normalization
        ? normalization.affine(weights(step))
        : Optional.empty();
  }

  /** Between which values node {@code step} tells numbers of its first input apart. */
  public Bounds bounds(int step) {
    return step(step).operator().bounds(weights(step));
  }

  private List<Optional<Weight>> weights(int step) {
    return node(step).inputs().stream().map(network()::weight).toList();
  }

  /** The weight that node {@code step}, a normalisation, multiplies each channel with. */
  public Optional<Weight> channelScale(int step) {
    return step(step).operator() instanceof Normalizing normalization
        ? weight(step, normalization.channelScale())
        : Optional.empty();
  }

  /** The shapes of node {@code step}'s operands. */
  public Operands shapes(int step) {
    return new ProbedShapes(node(step), probe);
  }
}
