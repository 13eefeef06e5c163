package io.disassembler.selection;

import io.disassembler.attribution.DecisionScores;
import io.disassembler.attribution.Logits;
import io.disassembler.channel.Anatomy;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.Forward;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How much the decision between the chosen categories and the rest depends on what each kernel of
 * each layer makes: the diagonal of the Fisher information. Half of it times the mean squared error
 * of a kernel's output is, to second order and with the errors of pixels independent, what the
 * error costs in nats of the decisions' likelihood over one image. So errors of all layers are in
 * one unit.
 *
 * <p>Needs no labels: decisions are drawn as the network itself gives them.
 */
public final class DecisionWeights implements ErrorWeights {
  /** More images change little. */
  private static final int IMAGES = 24;

  private final Map<Integer, double[]> ofKernels;

  private DecisionWeights(Map<Integer, double[]> ofKernels) {
    this.ofKernels = ofKernels;
  }

  /**
   * Runs the network forward and back over images, once each.
   *
   * @param evidence with images
   * @param chosen indices of the chosen categories
   */
  public static DecisionWeights of(Anatomy anatomy, Evidence evidence, List<Integer> chosen) {
    String output = evidence.profile().header().output();
    Logits decided =
        anatomy.network().isOutput(output) ? Logits.of(anatomy, output) : Logits.of(anatomy);
    String logits = decided.value();
    Map<Integer, Made> layers = layers(anatomy);
    Set<String> kept = new HashSet<>(Set.of(logits));
    layers.values().forEach(made -> kept.add(made.value()));
    long seed = evidence.profile().header().seed();
    DecisionScores decisions =
        DecisionScores.of(chosen, decided.categories(), evidence.profile().header().independent());
    List<Squares> found = new ArrayList<>();
    try (Crew crew = anatomy.crew(1);
        Engine engine = decided.engine(anatomy, "cpu", crew)) {
      crew.each(
          some(evidence.images()).iterator(),
          batch ->
              engine.run(
                  evidence.images().get(batch),
                  ForwardRequest.differentiating(kept),
                  forward -> {
                    Tensor scores = forward.value(logits);
                    Tensor likelihood =
                        likelihood(decisions.of(scores), new Random(seed * 1_000_003 + batch));
                    return new Squares(scores.size(0), squares(forward, likelihood, layers));
                  }),
          found::add);
    }
    return of(layers, found);
  }

  /**
   * Squared gradients, summed over images and places.
   *
   * @param ofKernels by layer
   */
  private record Squares(long images, Map<Integer, double[]> ofKernels) {}

  /** Indices of as many batches as it takes. */
  private static List<Integer> some(List<Map<String, Weight>> batches) {
    List<Integer> some = new ArrayList<>();
    long images = 0;
    for (int batch = 0; batch < batches.size() && images < IMAGES; batch++) {
      some.add(batch);
      images += batches.get(batch).values().iterator().next().shape().dimension(0);
    }
    return some;
  }

  private static DecisionWeights of(Map<Integer, Made> layers, List<Squares> found) {
    long images = found.stream().mapToLong(Squares::images).sum();
    Map<Integer, double[]> weights = new HashMap<>();
    layers.forEach(
        (step, made) -> {
          double[] weight = new double[made.kernels()];
          for (Squares squares : found) {
            double[] more = squares.ofKernels().getOrDefault(step, new double[weight.length]);
            for (int k = 0; k < weight.length; k++) {
              weight[k] += more[k];
            }
          }
          weights.put(
              step, Arrays.stream(weight).map(sum -> Math.sqrt(sum / images / 2)).toArray());
        });
    return new DecisionWeights(weights);
  }

  /** What a layer makes, and along which axis its kernels lie there. */
  private record Made(String value, int axis, int kernels) {}

  private static Map<Integer, Made> layers(Anatomy anatomy) {
    Map<Integer, Made> layers = new LinkedHashMap<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      Optional<Kernels> kernels = anatomy.kernels(step);
      if (kernels.isPresent()) {
        Optional<Weight> weight = anatomy.weight(step, kernels.get().weight());
        String value = anatomy.node(step).outputs().get(0);
        Shape shape = anatomy.probe().shape(value);
        int axis = kernels.get().inputAxis();
        if (weight.isPresent() && axis < shape.rank()) {
          int count = kernels.get().count(weight.get().shape());
          if (shape.dimension(axis) == count) {
            layers.put(step, new Made(value, axis, count));
          }
        }
      }
    }
    return layers;
  }

  private static Map<Integer, double[]> squares(
      Forward forward, Tensor likelihood, Map<Integer, Made> layers) {
    Map<Integer, double[]> squares = new HashMap<>();
    TensorVector gradients =
        forward.lastGradients(likelihood, layers.values().stream().map(Made::value).toList());
    int index = 0;
    for (Map.Entry<Integer, Made> layer : layers.entrySet()) {
      Tensor gradient = gradients.get(index++);
      if (gradient.defined()) {
        squares.put(layer.getKey(), squares(gradient, layer.getValue().axis()));
      }
    }
    return squares;
  }

  /** Sums of the squares over all axes but one. */
  private static double[] squares(Tensor gradient, int axis) {
    long[] others = LongStream.range(0, gradient.dim()).filter(other -> other != axis).toArray();
    return NativeScope.in(
        () ->
            TensorData.doubles(
                gradient.square().sum(others, false, new ScalarTypeOptional(ScalarType.Double))));
  }

  /** Log likelihood of decisions that are drawn at each pixel as the network gives them. */
  private static Tensor likelihood(Tensor scores, Random random) {
    Tensor probabilities = scores.detach().softmax(1);
    Tensor drawn = uniform(probabilities.narrow(1, 0, 1), random);
    long last = probabilities.size(1) - 1;
    Tensor decisions =
        probabilities
            .cumsum(1)
            .lt(drawn)
            .to(ScalarType.Long)
            .sum(new long[] {1}, true, new ScalarTypeOptional())
            .clamp_max(new Scalar(last));
    return scores.log_softmax(1).gather(1, decisions).sum();
  }

  private static Tensor uniform(Tensor like, Random random) {
    float[] drawn = new float[Math.toIntExact(like.numel())];
    IntStream.range(0, drawn.length).forEach(i -> drawn[i] = random.nextFloat());
    return Tensor.create(drawn).reshape(like.sizes());
  }

  @Override
  public Optional<double[]> of(int step) {
    return Optional.ofNullable(ofKernels.get(step));
  }

  @Override
  public boolean inOneUnit() {
    return true;
  }
}
