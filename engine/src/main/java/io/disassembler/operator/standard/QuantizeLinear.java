package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.ElementType;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.family.LinearQuantization;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX QuantizeLinear: x (float) as whole numbers, {@code clamp(round(x / y_scale) +
 * y_zero_point)}, with one scale or one for each index along an axis. Opset 10, 13, 19, 21, 23.
 *
 * @param axis negative from the back
 * @param type of the result where there is no zero point
 */
@NotDifferentiable
@ChannelRule("pass through; scales for each are sliced")
record QuantizeLinear(long axis, ElementType type) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("QuantizeLinear", 10, 13, 19, 21, 23, 24, 25);
    }

    @Override
    protected QuantizeLinear parse(Attributes attributes) {
      attributes.ignore("saturate", "precision"); // they concern floats of 8 and of 16 bits
      refuseBlocks(attributes);
      long code = attributes.integer("output_dtype", 0);
      ElementType type =
          code == 0
              ? ElementType.UINT8
              : ElementType.ofCode(code)
                  .orElseThrow(
                      () ->
                          attributes.refuse(
                              "output_dtype", "whole numbers of 8 or 16 bits", "type " + code));
      return new QuantizeLinear(attributes.integer("axis", 1), type);
    }
  }

  /** Several scales along one axis, each for a block of it, are not read. */
  static void refuseBlocks(Attributes attributes) {
    long block = attributes.integer("block_size", 0);
    if (block != 0) {
      throw attributes.refuse(
          "block_size", "0 (one scale, or one for each channel)", String.valueOf(block));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor zero = inputs.optional(2);
    return List.of(
        LinearQuantization.quantized(
            inputs.get(0), inputs.get(1), zero, axis, zero == null ? type : TensorData.type(zero)));
  }

  @Override
  public void flow(ChannelFlow flow) {
    LinearQuantization.flow(flow, axis);
  }
}
