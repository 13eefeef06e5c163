package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Node;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Extremes;
import io.disassembler.operator.family.ReducedAxes;
import io.disassembler.operator.family.Reduction;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX ReduceMax: the largest element over some axes. Over channels, those that are removed count
 * as the zeros that they are masked with: a Relu behind it sees to that.
 */
@ChannelRule("pass through; may go where it folds them, which then has zero as its least")
record ReduceMax(ReducedAxes axes) implements Reduction {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ReduceMax", 1, 11, 12, 13, 18, 20);
    }

    @Override
    protected ReduceMax parse(Attributes attributes) {
      return new ReduceMax(ReducedAxes.parse(attributes));
    }
  }

  @Override
  public Tensor reduce(Tensor x, long[] over, boolean keepdims) {
    return Extremes.isEmpty(x, over) ? Extremes.lowest(x, over, keepdims) : x.amax(over, keepdims);
  }

  @Override
  public boolean canLose(ChannelFlow flow) {
    return true;
  }

  @Override
  public Node cut(ChannelCut cut) {
    Node node = cut.node();
    if (!folds(cut)) {
      return node;
    }
    String output = node.outputs().get(0);
    String largest = cut.ahead(node.withOutputs(List.of(output + "/largest")));
    return Node.of(output + "/Relu", "Relu", List.of(largest), List.of(output), Map.of());
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0);
  }
}
