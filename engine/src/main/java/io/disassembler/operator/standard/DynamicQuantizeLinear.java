package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.ElementType;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.LinearQuantization;
import io.disassembler.operator.family.PlainType;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX DynamicQuantizeLinear: x (float) as uint8, with the scale and the zero point that make most
 * of 8 bits for its own range, widened to hold 0. Opset 11.
 */
@NotDifferentiable
record DynamicQuantizeLinear() implements Operator {
  private static final double STEPS = 255;

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new DynamicQuantizeLinear(), "DynamicQuantizeLinear", 11);
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    Tensor scale = scale(x);
    Tensor zero = zeroPoint(x, scale);
    return List.of(LinearQuantization.quantized(x, scale, zero, 0, ElementType.UINT8), scale, zero);
  }

  /** The scale of {@code x}, one number; 1 where everything is 0. */
  static Tensor scale(Tensor x) {
    Tensor most = x.max().clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional());
    Tensor scale = most.sub(least(x)).div(new Scalar(STEPS));
    return torch.where(scale.eq(new Scalar(0)), torch.ones_like(scale), scale);
  }

  /** The number that stands for 0 where {@code x} has {@code scale}. */
  static Tensor zeroPoint(Tensor x, Tensor scale) {
    return LinearQuantization.clamped(least(x).neg().div(scale).round(), null, ElementType.UINT8);
  }

  private static Tensor least(Tensor x) {
    return x.min().clamp(new ScalarOptional(), new ScalarOptional(new Scalar(0)));
  }
}
