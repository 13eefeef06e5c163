package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.DataMovement;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Reshape: the same elements in another shape; -1 is what is left, 0 is what the input has at
 * that axis. Opset 1 (shape as attribute), 5, 13, 14 (allowzero), 19, 21.
 *
 * @param shape the attribute of opset 1; null where input 1 says it
 * @param zeroIsZero 0 is an extent of 0 (allowzero)
 */
record Reshape(long @Nullable [] shape, boolean zeroIsZero) implements DataMovement {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Reshape", 1, 5, 13, 14, 19, 21, 23, 24, 25);
    }

    @Override
    protected Reshape parse(Attributes attributes) {
      attributes.ignore("consumed_inputs");
      return new Reshape(attributes.integers("shape"), attributes.flag("allowzero", false));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    long[] wanted = shape != null ? shape.clone() : inputs.longs(1);
    for (int axis = 0; axis < wanted.length; axis++) {
      if (wanted[axis] == 0 && !zeroIsZero) {
        wanted[axis] = x.size(axis);
      }
    }
    return List.of(x.reshape(wanted));
  }

  @Override
  public Node cut(ChannelCut cut) {
    Node node = cut.node();
    if (cut.input(0).isEmpty() && cut.output(0).isEmpty()) {
      return node;
    }
    long[] wanted = shape != null ? shape.clone() : cut.integers(1);
    Shape after = cut.after().output(0);
    Shape from = cut.after().input(0);
    for (int axis = 0; axis < wanted.length; axis++) {
      boolean fits =
          wanted[axis] == 0 && !zeroIsZero && from.dimension(axis) == after.dimension(axis);
      if (wanted[axis] >= 0 && !fits) {
        wanted[axis] = after.dimension(axis);
        if (shape == null) {
          node = node.withInput(1, cut.withEntry(node.input(1), axis, wanted[axis]));
        }
      }
    }
    return shape == null ? node : node.withAttribute("shape", Attribute.Ints.of(wanted));
  }
}
