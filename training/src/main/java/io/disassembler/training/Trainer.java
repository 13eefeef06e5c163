package io.disassembler.training;

import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.Forward;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Weight;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Takes training steps. Holds the weights as native tensors until closed; for one thread. */
public final class Trainer implements AutoCloseable {
  /** torchvision's weight of the auxiliary loss. */
  private static final double AUXILIARY = 0.5;

  private final Trainee trainee;
  private final Crew crew;
  private final TrainingForm form;
  private final Objective objective;
  private final double clip;
  private final Engine inference;
  private final Engine training;
  private final List<String> learned;
  private final Optimizer optimizer;
  private final ForwardRequest request;

  /** Starts from the weights of {@code trainee}, and runs one batch after the other. */
  public Trainer(Trainee trainee, TrainingSettings settings, Objective objective) {
    this(trainee, settings, objective, Crew.ofOne(trainee.threads()));
  }

  /**
   * The same with the batches of one step side by side.
   *
   * @param crew more than one only where normalisation is frozen: each batch would change what the
   *     next one is normalised with. Stays open.
   */
  Trainer(Trainee trainee, TrainingSettings settings, Objective objective, Crew crew) {
    this.trainee = trainee;
    this.crew = crew;
    form = TrainingForm.of(trainee.program(), settings.normalization());
    this.objective = objective;
    clip = settings.clip();
    if (crew.size() > 1 && !form.updates().isEmpty()) {
      throw new IllegalArgumentException("batches side by side, with running statistics");
    }
    inference = trainee.engine(crew, settings.device());
    training = inference.training(form.program(), form.learned());
    learned = List.copyOf(form.learned());
    // Those of the inference engine share their elements but record no gradients.
    Map<String, Tensor> weights = new LinkedHashMap<>();
    learned.forEach(name -> weights.put(name, inference.nativeWeight(name)));
    optimizer = Optimizer.of(settings.optimizer(), weights);
    Set<String> kept = new HashSet<>(trainee.heads());
    kept.addAll(learned);
    kept.addAll(form.updates().values());
    kept.addAll(objective.values());
    request = ForwardRequest.keeping(kept);
  }

  /** The network with its weights of the moment, in inference. */
  Engine inference() {
    return inference;
  }

  /** Names of the weights that follow their gradients. */
  List<String> learned() {
    return learned;
  }

  /**
   * One step on one batch.
   *
   * @return the loss before the step
   * @throws DivergedException if the loss or a gradient is not finite; the weights are unchanged
   */
  public double step(Batch batch, double learningRate) {
    return step(List.of(batch), learningRate);
  }

  /**
   * One step on several batches, which are run one by one: where a file fixes how many images it
   * takes, and where memory is short.
   *
   * @param batches of one size, at least one
   * @return the mean loss before the step
   * @throws DivergedException if a loss or a gradient is not finite; the weights are unchanged
   */
  public double step(List<Batch> batches, double learningRate) {
    return NativeScope.in(
        () -> {
          List<Tensor> gradients =
              learned.stream().map(name -> torch.zeros_like(inference.nativeWeight(name))).toList();
          double share = 1.0 / batches.size();
          List<Double> losses = new ArrayList<>();
          NativeScope.Holder scope = NativeScope.innermost();
          crew.each(
              batches.iterator(),
              batch ->
                  training.run(
                      Map.of(trainee.input().name(), batch.images()),
                      request,
                      forward -> gradients(forward, batch, scope)),
              found -> {
                losses.add(found.loss());
                NativeScope.run(() -> add(found, share, gradients));
              });
          clip(gradients);
          optimizer.step(gradients, learningRate);
          return losses.stream().mapToDouble(loss -> share * loss).sum();
        });
  }

  /**
   * What one batch says.
   *
   * @param gradients of the learned weights
   */
  private record Found(double loss, List<Tensor> gradients) {}

  private Found gradients(Forward forward, Batch batch, NativeScope.Holder scope) {
    Tensor total = loss(forward, batch);
    double value = total.item_float();
    if (!Double.isFinite(value)) {
      throw new DivergedException("the loss is " + value);
    }
    List<Tensor> gradients =
        scope.keeping(
            () -> {
              TensorVector found = forward.lastGradients(total, learned);
              return IntStream.range(0, learned.size())
                  .mapToObj(i -> found.get(i).defined() ? found.get(i) : none(learned.get(i)))
                  .toList();
            });
    form.updates()
        .forEach((weight, update) -> inference.nativeWeight(weight).copy_(forward.value(update)));
    return new Found(value, gradients);
  }

  private Tensor none(String weight) {
    return torch.zeros_like(inference.nativeWeight(weight));
  }

  /** Adds {@code share} of a batch's gradients, and frees them. */
  private static void add(Found found, double share, List<Tensor> gradients) {
    for (int i = 0; i < gradients.size(); i++) {
      gradients.get(i).add_(found.gradients().get(i), new Scalar(share));
      found.gradients().get(i).releaseReference();
    }
  }

  private Tensor loss(Forward forward, Batch batch) {
    Tensor total = objective.loss(forward.value(trainee.logits()), forward::value, batch);
    for (String head : trainee.auxiliary()) {
      Tensor loss = objective.loss(forward.value(head), forward::value, batch);
      total = total.add(loss.mul(new Scalar(AUXILIARY)));
    }
    return total;
  }

  /** Scales gradients down together if their norm is too large. */
  private void clip(List<Tensor> gradients) {
    Tensor squares = null;
    for (Tensor gradient : gradients) {
      Tensor square = gradient.square().sum();
      squares = squares == null ? square : squares.add(square);
    }
    double norm = squares == null ? 0 : Math.sqrt(squares.item_double());
    if (!Double.isFinite(norm)) {
      throw new DivergedException("the norm of the gradient is " + norm);
    }
    if (norm > clip) {
      Scalar scale = new Scalar(clip / norm);
      gradients.forEach(gradient -> gradient.mul_(scale));
    }
  }

  /** The weights that training changes, as they are at the moment, by name. */
  Map<String, Weight> weights() {
    Map<String, Weight> weights = new LinkedHashMap<>();
    changed().forEach((name, tensor) -> weights.put(name, copy(name, tensor)));
    return weights;
  }

  /** What the optimizer remembers, by name. */
  Map<String, Weight> optimizerState() {
    Map<String, Weight> state = new LinkedHashMap<>();
    optimizer.state().forEach((name, tensor) -> state.put(name, copy(name, tensor)));
    return state;
  }

  /** Goes on from what {@link #weights} and {@link #optimizerState} returned. */
  void restore(Map<String, Weight> weights, Map<String, Weight> optimizerState) {
    NativeScope.run(
        () -> {
          fill(changed(), weights);
          fill(optimizer.state(), optimizerState);
        });
  }

  private static void fill(Map<String, Tensor> tensors, Map<String, Weight> saved) {
    tensors.forEach(
        (name, tensor) -> tensor.copy_(TensorData.of(Objects.requireNonNull(saved.get(name)))));
  }

  private Map<String, Tensor> changed() {
    Map<String, Tensor> changed = new LinkedHashMap<>();
    learned.forEach(name -> changed.put(name, inference.nativeWeight(name)));
    form.updates().keySet().forEach(name -> changed.put(name, inference.nativeWeight(name)));
    return changed;
  }

  private static Weight copy(String name, Tensor tensor) {
    return NativeScope.in(() -> TensorData.toWeight(name, tensor));
  }

  @Override
  public void close() {
    optimizer.close();
    training.close();
    inference.close();
  }
}
