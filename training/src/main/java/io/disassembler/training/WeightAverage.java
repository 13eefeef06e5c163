package io.disassembler.training;

import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Weight;
import io.disassembler.operator.TensorData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;

/**
 * A network whose weights are an average over those that another one had during training: the last
 * ones count most, those {@code n} steps before {@code decay}^n times as much (Polyak and Juditsky,
 * 1992, with forgetting). It is usually better than any state that it averages over. Holds the
 * weights as native tensors until closed.
 */
final class WeightAverage implements AutoCloseable {
  private final Engine average;
  private final Engine source;
  private final List<String> names;
  private final double decay;

  /**
   * @param source the network in training
   * @param names of the weights that training changes
   * @param crew whose members run it
   */
  WeightAverage(Trainee trainee, Engine source, List<String> names, double decay, Crew crew) {
    average = trainee.engine(crew, "cpu");
    this.source = source;
    this.names = List.copyOf(names);
    this.decay = decay;
  }

  /** Takes in the weights of the moment. */
  void add() {
    NativeScope.run(
        () -> {
          for (String name : names) {
            average.nativeWeight(name).lerp_(source.nativeWeight(name), new Scalar(1 - decay));
          }
        });
  }

  /** The network with the average. */
  Engine engine() {
    return average;
  }

  Map<String, Weight> weights() {
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (String name : names) {
      weights.put(
          name, NativeScope.in(() -> TensorData.toWeight(name, average.nativeWeight(name))));
    }
    return weights;
  }

  /** Goes on from what {@link #weights} returned. */
  void restore(Map<String, Weight> saved) {
    NativeScope.run(
        () -> {
          for (String name : names) {
            average
                .nativeWeight(name)
                .copy_(TensorData.of(Objects.requireNonNull(saved.get(name))));
          }
        });
  }

  @Override
  public void close() {
    average.close();
  }
}
