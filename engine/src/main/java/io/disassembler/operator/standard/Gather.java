package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.ChannelCut.Kept;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.DataMovement;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.shape.Axes;
import io.disassembler.operator.shape.Indices;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * ONNX Gather: the slices of data that indices (of any rank) name along one axis; the indices' axes
 * take that axis' place. Opset 1, 11 (negative indices), 13.
 */
@ChannelRule("moved along; pinned where indices or bounds along them are computed")
record Gather(int axis) implements DataMovement {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Gather", 1, 11, 13);
    }

    @Override
    protected Gather parse(Attributes attributes) {
      return new Gather((int) attributes.integer("axis", 0));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor data = inputs.get(0);
    Tensor indices = inputs.get(1);
    int front = Axes.front(axis, (int) data.dim());
    Tensor places = Indices.fromFront(indices, data.size(front)).reshape(-1);
    Tensor slices = data.index_select(front, places.to(data.device(), ScalarType.Long));
    long[] extents = TensorData.sizes(data);
    long[] named = TensorData.sizes(indices);
    long[] shape = new long[extents.length - 1 + named.length];
    System.arraycopy(extents, 0, shape, 0, front);
    System.arraycopy(named, 0, shape, front, named.length);
    System.arraycopy(extents, front + 1, shape, front + named.length, extents.length - front - 1);
    return List.of(slices.reshape(shape));
  }

  @Override
  public void flow(ChannelFlow flow) {
    int front = Axes.front(axis, flow.input(0).rank());
    if (flow.labels(0).varies(front) && !flow.isWeight(1)) {
      flow.pinAll("it gathers channels by indices computed at run time");
    } else if (flow.labels(0).varies(front) && flow.input(1).rank() > 1) {
      flow.pinAll("it spreads channels over several axes");
    } else {
      DataMovement.super.flow(flow);
    }
  }

  @Override
  public Node cut(ChannelCut cut) {
    Shape data = cut.before().input(0);
    int front = Axes.front(axis, data.rank());
    if (cut.input(0).isEmpty() || cut.input(0).get().axis() != front) {
      return cut.node();
    }
    Kept kept = cut.input(0).get();
    long[] indices =
        Arrays.stream(cut.integers(1)).map(i -> i < 0 ? i + data.dimension(front) : i).toArray();
    if (cut.before().input(1).rank() == 0) {
      long landed = kept.rank((int) indices[0]);
      return cut.node().withInput(1, cut.withEntry(cut.node().input(1), 0, landed));
    }
    return cut.node().withInput(1, cut.constant(Indices.kept(indices, kept)));
  }

  /** In place of {@code cut}'s node: gathers {@code indices} of {@code data} along an axis. */
  static Node node(ChannelCut cut, String data, int axis, long[] indices) {
    return Node.of(
        cut.node().name(),
        "Gather",
        List.of(data, cut.constant(indices)),
        cut.node().outputs(),
        Map.of("axis", new Attribute.Int(axis)));
  }
}
