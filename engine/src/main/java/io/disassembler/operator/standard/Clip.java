package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Bounds;
import io.disassembler.operator.Elementwise;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import java.util.List;
import java.util.Optional;
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
  public Bounds bounds(List<Optional<Weight>> operands) {
    return new Bounds(
        bound(operands, 1, min, Double.NEGATIVE_INFINITY),
        bound(operands, 2, max, Double.POSITIVE_INFINITY));
  }

  /** A bound that is an attribute or a stored input; {@code none} if it is neither. */
  private static double bound(
      List<Optional<Weight>> operands, int index, float attribute, double none) {
    Optional<Weight> input = index < operands.size() ? operands.get(index) : Optional.empty();
    boolean isFloat = input.isPresent() && input.get().type() == ElementType.FLOAT;
    double bound = isFloat ? input.get().floats()[0] : attribute;
    return Double.isFinite(bound) ? bound : none;
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

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs
        .get(0)
        .clipped(
            Math.max(min, inputs.size() > 1 ? inputs.get(1).low() : min),
            Math.min(max, inputs.size() > 2 ? inputs.get(2).high() : max));
  }
}
