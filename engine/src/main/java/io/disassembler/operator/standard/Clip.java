package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Elementwise;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX Clip: min(max, max(x, min)). The bounds are attributes before opset 11, optional scalar
 * inputs since.
 *
 * @param min lower bound, if it is an attribute
 * @param max upper bound, if it is an attribute
 */
record Clip(float min, float max) implements Elementwise {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Clip", 1, 6, 11, 12, 13);
    }

    @Override
    protected Clip parse(Attributes attributes) {
      attributes.ignore("consumed_inputs");
      return new Clip(
          attributes.real("min", Float.NEGATIVE_INFINITY),
          attributes.real("max", Float.POSITIVE_INFINITY));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    ScalarOptional lower = bound(inputs, 1, min);
    ScalarOptional upper = bound(inputs, 2, max);
    return List.of(lower.has_value() || upper.has_value() ? x.clamp(lower, upper) : x);
  }

  @Override
  public OptionalDouble floor() {
    return Float.isFinite(min) ? OptionalDouble.of(min) : OptionalDouble.empty();
  }

  private static ScalarOptional bound(Inputs inputs, int index, float attribute) {
    Tensor input = inputs.optional(index);
    if (input != null) {
      return new ScalarOptional(input.item());
    }
    return Float.isInfinite(attribute)
        ? new ScalarOptional()
        : new ScalarOptional(new Scalar(attribute));
  }
}
