package io.disassembler.benchmark.libtorch;

import io.disassembler.graph.Weight;
import io.disassembler.operator.TensorData;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.ConvTranspose2dImpl;
import org.bytedeco.pytorch.ConvTranspose2dOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;

/** Makes libtorch's own modules with given weights, to compare with; inside a native scope. */
public final class Modules {
  private final Map<String, Tensor> learned = new LinkedHashMap<>();
  private final Map<String, Tensor> running = new LinkedHashMap<>();

  /** The modules' parameters by the names of the weights that they were given. */
  public Map<String, Tensor> learned() {
    return learned;
  }

  /** Their running statistics. */
  public Map<String, Tensor> running() {
    return running;
  }

  /** All parameters, for an optimizer. */
  public TensorVector parameters() {
    return new TensorVector(learned.values().toArray(Tensor[]::new));
  }

  /**
   * @param weight (out, in / groups, k, k)
   */
  public Conv2dImpl convolution(
      Weight weight, @Nullable Weight bias, int stride, int padding, int dilation, int groups) {
    long out = weight.shape().dimension(0);
    Conv2dOptions options =
        new Conv2dOptions(
            weight.shape().dimension(1) * groups, out, square(weight.shape().dimension(2)));
    options.stride().put(0, stride);
    options.stride().put(1, stride);
    options.padding().put(square(padding));
    options.dilation().put(0, dilation);
    options.dilation().put(1, dilation);
    options.groups().put(groups);
    options.bias().put(bias != null);
    Conv2dImpl module = new Conv2dImpl(options);
    learn(weight, module.weight());
    if (bias != null) {
      learn(bias, module.bias());
    }
    return module;
  }

  /**
   * @param weight (in, out, k, k)
   */
  public ConvTranspose2dImpl transposed(Weight weight, Weight bias, int stride) {
    ConvTranspose2dOptions options =
        new ConvTranspose2dOptions(
            weight.shape().dimension(0),
            weight.shape().dimension(1),
            square(weight.shape().dimension(2)));
    options.stride().put(0, stride);
    options.stride().put(1, stride);
    ConvTranspose2dImpl module = new ConvTranspose2dImpl(options);
    learn(weight, module.weight());
    learn(bias, module.bias());
    return module;
  }

  public BatchNorm2dImpl normalization(Weight scale, Weight shift, Weight mean, Weight variance) {
    BatchNorm2dImpl module = new BatchNorm2dImpl(new BatchNormOptions(scale.shape().dimension(0)));
    learn(scale, module.weight());
    learn(shift, module.bias());
    fill(running, mean, module.running_mean());
    fill(running, variance, module.running_var());
    return module;
  }

  private void learn(Weight weight, Tensor parameter) {
    fill(learned, weight, parameter);
  }

  private static void fill(Map<String, Tensor> known, Weight weight, Tensor tensor) {
    tensor.detach().copy_(TensorData.of(weight));
    known.put(weight.name(), tensor);
  }

  private static LongPointer square(long extent) {
    return new LongPointer(extent, extent);
  }
}
