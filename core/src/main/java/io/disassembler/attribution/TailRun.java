package io.disassembler.attribution;

import io.disassembler.base.InvalidInputException;
import io.disassembler.engine.Engine;
import io.disassembler.engine.EngineSettings;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.engine.NativeScope;
import io.disassembler.engine.Probe;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Runs a {@link Tail} on maps that are the same everywhere. */
final class TailRun implements AutoCloseable {
  /** Maps that differ by more than this from place to place are no function of one pixel. */
  private static final double SAME = 1e-4;

  private final Tail tail;
  private final Probe probe;
  private final Engine engine;

  TailRun(Program program, Probe probe, Tail tail) {
    this.tail = tail;
    this.probe = probe;
    Shape shape = probe.shape(tail.from());
    Network whole = program.network();
    Network.Builder part = new Network.Builder(whole.name());
    whole.opsets().forEach(part::opset);
    part.input(
        new Value(
            tail.from(),
            probe.type(tail.from()),
            LongStream.of(shape.dimensions()).<Dimension>mapToObj(Dimension.Fixed::new).toList()));
    Set<String> made = new HashSet<>(Set.of(tail.from()));
    tail.steps().forEach(step -> made.addAll(step.node().outputs()));
    Map<String, Weight> read = new HashMap<>();
    for (Program.Step step : tail.steps()) {
      for (String input : step.node().inputs()) {
        if (!input.isEmpty() && !made.contains(input)) {
          read.put(input, constant(whole, input));
        }
      }
    }
    read.values().forEach(part::weight);
    part.nodes(tail.steps().stream().map(Program.Step::node).toList());
    part.output(new Value(tail.scores(), probe.type(tail.scores()), List.of()));
    engine = Engine.of(Program.parse(part.build()), EngineSettings.onCpu(1));
  }

  private Weight constant(Network whole, String value) {
    Optional<Weight> stored = whole.weight(value);
    return stored.orElseGet(
        () ->
            NativeScope.in(
                () ->
                    TensorData.toWeight(
                        value,
                        TensorData.ofLongs(probe.integers(value), probe.shape(value).dimensions())
                            .to(TensorData.scalarType(probe.type(value))))));
  }

  /**
   * What it makes of a pixel.
   *
   * @param pixel one number for each of the K maps
   * @return one for each of the C maps; empty if it does not run so, or is not the same everywhere
   */
  Optional<double[]> on(double[] pixel) {
    Shape shape = probe.shape(tail.from());
    Weight maps =
        NativeScope.in(
            () ->
                TensorData.toWeight(
                    tail.from(),
                    Tensor.create(pixel)
                        .reshape(
                            LongStream.range(0, shape.rank())
                                .map(axis -> axis == 1 ? pixel.length : 1)
                                .toArray())
                        .expand(shape.dimensions())
                        .contiguous()
                        .to(TensorData.scalarType(probe.type(tail.from())))));
    try {
      return engine.run(
          Map.of(tail.from(), maps),
          ForwardRequest.outputs(),
          forward -> pixel(forward.value(tail.scores())));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  private static Optional<double[]> pixel(Tensor scores) {
    Tensor byPixel = scores.detach().movedim(1, -1).reshape(-1, scores.size(1));
    double[] lowest = TensorData.doubles(byPixel.amin(new long[] {0}, false).to(ScalarType.Double));
    double[] highest =
        TensorData.doubles(byPixel.amax(new long[] {0}, false).to(ScalarType.Double));
    for (int c = 0; c < lowest.length; c++) {
      double scale = Math.max(1, Math.abs(highest[c]));
      if (!(highest[c] - lowest[c] <= SAME * scale)) {
        return Optional.empty();
      }
    }
    return Optional.of(highest);
  }

  @Override
  public void close() {
    engine.close();
  }
}
