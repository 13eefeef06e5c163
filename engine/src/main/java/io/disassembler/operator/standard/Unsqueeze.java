package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.CannotRunException;
import io.disassembler.operator.DataMovement;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.shape.Axes;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Unsqueeze: inserts axes of extent 1 where the result has them. Opset 1, 11 (axes as
 * attribute), 13 (axes as input), 21.
 *
 * @param axes the attribute; null where input 1 says it
 */
record Unsqueeze(long @Nullable [] axes) implements DataMovement {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Unsqueeze", 1, 11, 13, 21, 23, 24, 25);
    }

    @Override
    protected Unsqueeze parse(Attributes attributes) {
      return new Unsqueeze(attributes.opset() >= 13 ? null : attributes.integers("axes"));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    long[] named = axes != null ? axes : inputs.longs(1);
    int[] fronts = Axes.front(named, (int) x.dim() + named.length);
    Arrays.sort(fronts);
    CannotRunException.requireCount(
        "different axes", named.length, Arrays.stream(fronts).distinct().count());
    for (int front : fronts) {
      x = x.unsqueeze(front);
    }
    return List.of(x);
  }
}
