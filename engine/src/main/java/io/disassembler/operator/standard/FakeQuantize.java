package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Bounds;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Decision;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Interval;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.family.LinearQuantization;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The floats that are left of X (float) once it has been whole numbers: ONNX's QuantizeLinear and
 * the DequantizeLinear behind it, in one; with X alone ONNX's DynamicQuantizeLinear in place of the
 * former. No file has it: networks of 8 bits are read so and written back (ADR 13). Gradients go
 * straight through, but where X is cut off (Bengio, Léonard, Courville, "Estimating or Propagating
 * Gradients Through Stochastic Neurons", 2013).
 *
 * @param axis along which there is a scale for each index, if there are several; negative from the
 *     back
 */
@ChannelRule("pass through; scales for each are sliced")
record FakeQuantize(long axis) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("disassembler", "FakeQuantize", 1);
    }

    @Override
    protected FakeQuantize parse(Attributes attributes) {
      attributes.ignore("operator", "moved"); // what it was in the file
      return new FakeQuantize(attributes.integer("axis", 1));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    if (!inputs.has(1)) {
      Tensor scale = DynamicQuantizeLinear.scale(x.detach());
      Tensor zero = DynamicQuantizeLinear.zeroPoint(x.detach(), scale);
      return List.of(whole(x, scale, zero, 0, 255));
    }
    Tensor zero = inputs.get(2);
    ElementType type = TensorData.type(zero);
    return List.of(
        whole(
            x, inputs.get(1), zero, LinearQuantization.least(type), LinearQuantization.most(type)));
  }

  private Tensor whole(Tensor x, Tensor scale, Tensor zero, long least, long most) {
    Tensor zeros = zero.to(ScalarType.Int);
    if (scale.numel() == 1) {
      return torch.fake_quantize_per_tensor_affine(
          x, scale.reshape(1), zeros.reshape(1), least, most);
    }
    return torch.fake_quantize_per_channel_affine(
        x, scale, zeros, axis < 0 ? axis + x.dim() : axis, least, most);
  }

  @Override
  public void flow(ChannelFlow flow) {
    LinearQuantization.flow(flow, axis);
  }

  @Override
  public Bounds bounds(List<Optional<Weight>> operands) {
    Optional<Weight> scale = operands.size() > 2 ? operands.get(1) : Optional.empty();
    Optional<Weight> zero = operands.size() > 2 ? operands.get(2) : Optional.empty();
    if (scale.isEmpty() || zero.isEmpty() || scale.get().shape().elements() > 1) {
      return Bounds.NONE;
    }
    ElementType type = zero.get().type();
    long centre = zero.get().integers()[0];
    double step = scale.get().floats()[0];
    return new Bounds(
        (LinearQuantization.least(type) - centre) * step,
        (LinearQuantization.most(type) - centre) * step);
  }

  @Override
  public Decision decision() {
    return Decision.HANDED_ON;
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0);
  }
}
