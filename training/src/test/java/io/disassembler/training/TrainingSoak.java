package io.disassembler.training;

import io.disassembler.channel.Anatomy;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.testing.Soak;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Takes many steps and prints the memory that they hold. */
final class TrainingSoak {
  private static final Size SIZE = new Size(16, 16);
  private static final int BATCH = 2;

  private TrainingSoak() {}

  /**
   * @param arguments optimizer, {@code labels} or {@code teacher}, number of steps, steps between
   *     prints
   */
  public static void main(String[] arguments) {
    OptimizerSettings.Method method = OptimizerSettings.Method.valueOf(arguments[0]);
    int steps = Integer.parseInt(arguments[2]);
    int every = Integer.parseInt(arguments[3]);
    Trainee trainee = trainee(1);
    TrainingSettings settings =
        new TrainingSettings(
            TrainingLength.ofEpochs(1),
            BATCH,
            new OptimizerSettings(method, 1e-4, 0.9, 1e-2),
            0,
            0.1,
            Augmentation.NONE,
            Normalization.TRAINED,
            1,
            false,
            "cpu");
    try (Objective objective =
            arguments[1].equals("teacher")
                ? new Distillation(
                    trainee(2),
                    CategoryMapping.identity(trainee.card().categories()),
                    new DistillationSettings(
                        0.5,
                        1,
                        new SharedFeatureMaps(Map.of("c", List.of(0, 1, 2, 3, 4, 5, 6, 7)), 1)),
                    "cpu")
                : new LabelLoss(new LossSettings(0.5, 0.5, List.of(1.0, 2.0)), trainee.card());
        Trainer trainer = new Trainer(trainee, settings, objective)) {
      for (int step = 1; step <= steps; step++) {
        trainer.step(batch(step), 1e-4);
        if (step % 100 == 0) {
          // What checkpoints and validation do between epochs.
          trainer.restore(trainer.weights(), trainer.optimizerState());
          objective.truth(batch(step));
        }
        if (step % every == 0) {
          Soak.print();
        }
      }
    }
  }

  /** Two convolutions with a normalisation in between. */
  private static Trainee trainee(long seed) {
    Random random = new Random(seed);
    List<Dimension> extents =
        List.of(
            new Dimension.Symbolic("n"),
            new Dimension.Fixed(3),
            new Dimension.Symbolic("h"),
            new Dimension.Symbolic("w"));
    Network.Builder builder =
        new Network.Builder("soaked")
            .opset("", 18)
            .input(new Value("image", ElementType.FLOAT, extents))
            .weight(weight("w1", Shape.of(8, 3, 3, 3), random))
            .weight(weight("w2", Shape.of(2, 8, 1, 1), random))
            .node(node("Conv", "a", "image", "w1"))
            .node(node("BatchNormalization", "b", "a", "scale", "shift", "mean", "variance"))
            .node(node("Relu", "c", "b"))
            .node(node("Conv", "logits", "c", "w2"))
            .output(new Value("logits", ElementType.FLOAT, extents));
    for (String parameter : List.of("scale", "shift", "mean", "variance")) {
      builder.weight(Weight.ofFloats(parameter, Shape.of(8), 1, 1, 1, 1, 1, 1, 1, 1));
    }
    Network network = builder.build();
    NetworkInput input = NetworkInput.of(network, SIZE);
    return Trainee.of(
        Anatomy.of(network, input.shapes(), 1), input, NetworkCard.unnamed(2), List.of());
  }

  private static Node node(String operator, String output, String... inputs) {
    return Node.of(output, operator, List.of(inputs), List.of(output), Map.of());
  }

  private static Weight weight(String name, Shape shape, Random random) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Weight.ofFloats(name, shape, values);
  }

  private static Batch batch(int step) {
    Random random = new Random(step);
    float[] pixels = new float[BATCH * 3 * SIZE.area()];
    long[] labels = new long[BATCH * SIZE.area()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(3) - 1L;
      pixels[i] = random.nextFloat();
    }
    Shape shape = Shape.of(BATCH, 3, SIZE.height(), SIZE.width());
    return new Batch(Weight.ofFloats("images", shape, pixels), labels);
  }
}
