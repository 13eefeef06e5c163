package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.flow.ChannelsThrough;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX Trilu: the upper or lower triangle of matrices along the last two axes, zeros elsewhere.
 * Opset 14.
 */
@ChannelRule("pass through")
record Trilu(boolean upper) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Trilu", 14);
    }

    @Override
    protected Trilu parse(Attributes attributes) {
      return new Trilu(attributes.flag("upper", true));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    long diagonal = inputs.has(1) ? inputs.number(1) : 0;
    return List.of(upper ? x.triu(diagonal) : x.tril(diagonal));
  }

  @Override
  public void flow(ChannelFlow flow) {
    int rank = flow.input(0).rank();
    ChannelsThrough.flow(flow, axis -> axis >= rank - 2, "a triangle is cut out of it");
  }
}
