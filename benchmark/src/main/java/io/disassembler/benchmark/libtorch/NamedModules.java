package io.disassembler.benchmark.libtorch;

import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Tensor;

/**
 * Layers of libtorch's modules with the weights that a network of the zoo has under their names.
 */
final class NamedModules {
  private final Network source;
  private final Modules modules = new Modules();

  NamedModules(Network source) {
    this.source = source;
  }

  Modules modules() {
    return modules;
  }

  /** Convolution and BatchNormalization; padding keeps the size at stride 1. */
  UnaryOperator<Tensor> normalized(
      String convolution, String normalization, int stride, int dilation) {
    Weight kernel = weight(convolution + ".weight");
    int padding = (int) (kernel.shape().dimension(2) - 1) / 2 * dilation;
    Conv2dImpl first = modules.convolution(kernel, null, stride, padding, dilation, 1);
    BatchNorm2dImpl second =
        modules.normalization(
            weight(normalization + ".weight"),
            weight(normalization + ".bias"),
            weight(normalization + ".running_mean"),
            weight(normalization + ".running_var"));
    return x -> second.forward(first.forward(x));
  }

  /** The same and Relu. */
  UnaryOperator<Tensor> activated(
      String convolution, String normalization, int stride, int dilation) {
    UnaryOperator<Tensor> normalized = normalized(convolution, normalization, stride, dilation);
    return x -> normalized.apply(x).relu();
  }

  /** The 1x1 convolution with bias that makes logits. */
  UnaryOperator<Tensor> logits(String name) {
    Conv2dImpl head =
        modules.convolution(weight(name + ".weight"), weight(name + ".bias"), 1, 0, 1, 1);
    return head::forward;
  }

  boolean has(String name) {
    return source.weights().containsKey(name + ".weight");
  }

  private Weight weight(String name) {
    return Objects.requireNonNull(source.weights().get(name), name);
  }
}
