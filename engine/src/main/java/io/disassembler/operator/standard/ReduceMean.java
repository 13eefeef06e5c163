package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Node;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.ReducedAxes;
import io.disassembler.operator.family.Reduction;
import java.util.List;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX ReduceMean: the mean over some axes. Over channels it is a sum of which removed ones are no
 * part, divided by the number of all of them, whichever are left. Where it centres what it is made
 * of, as in a LayerNormalization that is written out, the channels stay: its statistics are those
 * of all of them.
 */
@ChannelRule(
    "pass through; may go where it folds them, which counts them on; pinned where it centres them")
record ReduceMean(ReducedAxes axes) implements Reduction {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ReduceMean", 1, 11, 13, 18);
    }

    @Override
    protected ReduceMean parse(Attributes attributes) {
      return new ReduceMean(ReducedAxes.parse(attributes));
    }
  }

  @Override
  public Tensor reduce(Tensor x, long[] over, boolean keepdims) {
    return x.mean(over, keepdims, new ScalarTypeOptional());
  }

  @Override
  public boolean computesInFloats() {
    return true;
  }

  @Override
  public boolean canLose(ChannelFlow flow) {
    return !flow.centres();
  }

  @Override
  public Node cut(ChannelCut cut) {
    if (!folds(cut)) {
      return cut.node();
    }
    ChannelCut.Kept kept = cut.input(0).orElseThrow();
    return cut.node()
        .withInput(0, cut.times(cut.node().input(0), (double) kept.count() / kept.extent()));
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0);
  }
}
