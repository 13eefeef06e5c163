package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Node;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.ChannelCut.Kept;
import io.disassembler.operator.DataMovement;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX Expand: broadcasts a tensor with a shape, in both directions. Opset 8, 13. */
record Expand() implements DataMovement {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Expand", 8, 13);
    }

    @Override
    protected Expand parse(Attributes attributes) {
      return new Expand();
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    long[] shape = inputs.longs(1);
    int rank = Math.max((int) x.dim(), shape.length);
    long[] result = new long[rank];
    Arrays.fill(result, 1);
    System.arraycopy(shape, 0, result, rank - shape.length, shape.length);
    for (int i = 0; i < rank; i++) {
      int axis = i - rank + (int) x.dim();
      if (axis >= 0 && result[i] == 1) {
        result[i] = x.size(axis);
      }
    }
    return List.of(x.expand(result));
  }

  @Override
  public Node cut(ChannelCut cut) {
    if (cut.output(0).isEmpty()) {
      return cut.node();
    }
    Kept kept = cut.output(0).get();
    long[] shape = cut.integers(1);
    int entry = kept.axis() - cut.before().output(0).rank() + shape.length;
    if (entry < 0 || shape[entry] == 1) {
      return cut.node();
    }
    return cut.node().withInput(1, cut.withEntry(cut.node().input(1), entry, kept.count()));
  }
}
