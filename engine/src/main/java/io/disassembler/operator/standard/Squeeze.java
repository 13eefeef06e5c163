package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.DataMovement;
import io.disassembler.operator.Decision;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Squeeze: drops axes of extent 1, all of them if none are named. Opset 1, 11 (axes as
 * attribute), 13 (axes as input), 21.
 *
 * @param axes the attribute; null if absent
 * @param axesAreInput true where axes come as input 1
 */
record Squeeze(long @Nullable [] axes, boolean axesAreInput) implements DataMovement {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Squeeze", 1, 11, 13, 21, 23, 24, 25);
    }

    @Override
    protected Squeeze parse(Attributes attributes) {
      boolean input = attributes.opset() >= 13;
      return new Squeeze(input ? null : attributes.integers("axes"), input);
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    long[] named = inputs.has(1) ? inputs.longs(1) : axes;
    return List.of(x.squeeze(named != null ? named : single(Shape.of(TensorData.sizes(x)))));
  }

  private static long[] single(Shape shape) {
    return IntStream.range(0, shape.rank())
        .filter(axis -> shape.dimension(axis) == 1)
        .asLongStream()
        .toArray();
  }

  /** Names the axes that an unnamed squeeze drops, lest it drop a last channel too. */
  @Override
  public Node cut(ChannelCut cut) {
    boolean named = axes != null || cut.before().has(1);
    if (named || cut.input(0).isEmpty() || cut.input(0).get().count() != 1) {
      return cut.node();
    }
    long[] dropped = single(cut.before().input(0));
    return axesAreInput
        ? cut.node().withInput(1, cut.constant(dropped))
        : cut.node()
            .withAttribute("axes", new Attribute.Ints(Arrays.stream(dropped).boxed().toList()));
  }

  @Override
  public Decision decision() {
    return Decision.HANDED_ON;
  }
}
