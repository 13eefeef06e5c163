package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.benchmark.libtorch.LibtorchDeepLab;
import io.disassembler.benchmark.libtorch.LibtorchNetwork;
import io.disassembler.benchmark.libtorch.LibtorchUNet;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.operator.TensorData;
import io.disassembler.zoo.Architecture;
import io.disassembler.zoo.Backbone;
import io.disassembler.zoo.ZooSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Training steps against the same steps written directly with libtorch's modules. */
class LibtorchStepTest {
  private static final int CATEGORIES = 3;

  /** Enough that statistics over the pooled pixels, one for each image, do not magnify rounding. */
  private static final int IMAGES = 4;

  private static final int STEPS = 3;
  private static final double RATE = 0.05;
  private static final double ADAM_RATE = 1e-3;
  private static final double CLIP = 1;
  private static final Size SIZE = new Size(32, 48);
  private static final float[] WEIGHTS = {1, 2.5f, 0.25f};

  private final Random random = new Random(6);

  @Test
  void stepsOfAUNetAreLibtorchs() {
    compare(
        Architecture.UNET.build(new ZooSettings(null, CATEGORIES, 0.125, 16, false, 5)),
        List.of(),
        LibtorchUNet::new);
  }

  @Test
  void stepsOfADeepLabWithItsAuxiliaryLossAreLibtorchs() {
    compare(
        Architecture.DEEPLABV3.build(
            new ZooSettings(Backbone.RESNET18, CATEGORIES, 0.125, 16, true, 5)),
        List.of(ZooSettings.AUXILIARY),
        LibtorchDeepLab::new);
  }

  /** Without decay, which ours spares scales and shifts; OptimizerTest has it. */
  @Test
  void clippedStepsWithAdamWAreLibtorchs() {
    compare(
        Architecture.UNET.build(new ZooSettings(null, CATEGORIES, 0.125, 16, false, 5)),
        List.of(),
        LibtorchUNet::new,
        new OptimizerSettings(OptimizerSettings.Method.ADAMW, ADAM_RATE, 0.9, 0),
        parameters -> {
          AdamWOptions options = new AdamWOptions(ADAM_RATE);
          options.weight_decay().put(0);
          return new org.bytedeco.pytorch.AdamW(parameters, options);
        });
  }

  private void compare(
      Network network, List<String> auxiliary, Function<Network, LibtorchNetwork> twin) {
    compare(
        network,
        auxiliary,
        twin,
        new OptimizerSettings(OptimizerSettings.Method.SGD, RATE, 0.9, 0),
        parameters -> {
          SGDOptions options = new SGDOptions(RATE);
          options.momentum().put(0.9);
          return new SGD(parameters, options);
        });
  }

  private void compare(
      Network network,
      List<String> auxiliary,
      Function<Network, LibtorchNetwork> twin,
      OptimizerSettings ours,
      Function<TensorVector, org.bytedeco.pytorch.Optimizer> reference) {
    NetworkInput input = NetworkInput.of(network, SIZE);
    TrainingSettings settings =
        new TrainingSettings(
            TrainingLength.ofEpochs(1),
            IMAGES,
            ours,
            0,
            CLIP,
            Augmentation.NONE,
            Normalization.TRAINED,
            1,
            false,
            "cpu");
    Trainee trainee =
        Trainee.of(
            Anatomy.of(network, input.shapes()), input, NetworkCard.unnamed(CATEGORIES), auxiliary);
    Objective objective =
        new LabelLoss(new LossSettings(1, 0, List.of(1.0, 2.5, 0.25)), trainee.card());
    try (Trainer trainer = new Trainer(trainee, settings, objective)) {
      NativeScope.run(
          () -> {
            LibtorchNetwork theirs = twin.apply(network);
            org.bytedeco.pytorch.Optimizer optimizer =
                reference.apply(theirs.modules().parameters());
            for (int step = 0; step < STEPS; step++) {
              Batch batch = batch();
              double expected = step(theirs, optimizer, batch);
              assertThat(trainer.step(batch, ours.learningRate()))
                  .isCloseTo(expected, within(1e-5));
              Map<String, Weight> found = trainer.weights();
              assertThat(found)
                  .hasSize(theirs.modules().learned().size() + theirs.modules().running().size());
              requireEqual(found, theirs.modules().learned());
              requireEqual(found, theirs.modules().running());
            }
          });
    }
  }

  private static double step(
      LibtorchNetwork model, org.bytedeco.pytorch.Optimizer optimizer, Batch batch) {
    optimizer.zero_grad();
    Tensor labels = TensorData.ofLongs(batch.labels(), IMAGES, SIZE.height(), SIZE.width());
    List<Tensor> maps = model.run(TensorData.of(batch.images()));
    Tensor loss = crossEntropy(maps.get(0), labels);
    for (Tensor helping : maps.subList(1, maps.size())) {
      loss = loss.add(crossEntropy(helping, labels).mul(new Scalar(0.5)));
    }
    loss.backward();
    torch.clip_grad_norm_(model.modules().parameters(), CLIP);
    optimizer.step();
    return loss.item_float();
  }

  private static Tensor crossEntropy(Tensor maps, Tensor labels) {
    return torch.cross_entropy_loss(
        maps, labels, new TensorOptional(Tensor.create(WEIGHTS)), 1, -1, 0);
  }

  private static void requireEqual(Map<String, Weight> found, Map<String, Tensor> expected) {
    expected.forEach(
        (name, tensor) ->
            assertThat(Objects.requireNonNull(found.get(name)).floats())
                .as(name)
                .usingComparatorWithPrecision(1e-5f)
                .containsExactly(TensorData.floats(tensor)));
  }

  private Batch batch() {
    float[] pixels = new float[IMAGES * 3 * SIZE.area()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    long[] labels = new long[IMAGES * SIZE.area()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(CATEGORIES + 1) - 1L;
    }
    Shape shape = Shape.of(IMAGES, 3, SIZE.height(), SIZE.width());
    return new Batch(Weight.ofFloats("images", shape, pixels), labels);
  }
}
