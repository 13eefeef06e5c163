package io.disassembler.engine;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The values of one forward run, valid inside the callback that received it. */
public final class Forward {
  private final Map<String, Tensor> values;

  Forward(Map<String, Tensor> values) {
    this.values = values;
  }

  /** The tensor of a kept value. */
  public Tensor value(String name) {
    Tensor tensor = values.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("value '" + name + "' was not kept");
    }
    return tensor;
  }

  /**
   * Gradients of a scalar with respect to values that were kept with gradients: one backward pass.
   * A value on which the scalar does not depend has an undefined tensor as its gradient.
   */
  public TensorVector gradients(Tensor scalar, List<String> names) {
    return gradients(scalar, names, true);
  }

  /**
   * The same for the last time in this run: what the pass needed is freed along the way, which
   * takes less memory.
   */
  public TensorVector lastGradients(Tensor scalar, List<String> names) {
    return gradients(scalar, names, false);
  }

  private TensorVector gradients(Tensor scalar, List<String> names, boolean again) {
    TensorVector targets = new TensorVector(names.stream().map(this::value).toArray(Tensor[]::new));
    return torch.grad(
        new TensorVector(scalar),
        targets,
        new TensorVector(),
        new BoolOptional(again),
        false,
        true);
  }
}
