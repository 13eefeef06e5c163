package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** ONNX Einsum: the sum of products that an equation in Einstein's notation describes. */
@ChannelRule("pinned")
record Einsum(String equation) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Einsum", 12, 28);
    }

    @Override
    protected Einsum parse(Attributes attributes) {
      return new Einsum(attributes.text("equation", ""));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(
        torch.einsum(equation, new TensorVector(inputs.present().toArray(Tensor[]::new))));
  }

  @Override
  public void flow(ChannelFlow flow) {
    flow.pinAll("Einsum mixes channels");
  }
}
