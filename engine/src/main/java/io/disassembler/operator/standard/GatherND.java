package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.shape.Indices;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX GatherND: the slices that vectors of indices (the last axis of indices) name. Opset 11, 12
 * (batch_dims), 13.
 *
 * @param batch number of leading axes that data and indices share
 */
record GatherND(int batch) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("GatherND", 11, 12, 13);
    }

    @Override
    protected GatherND parse(Attributes attributes) {
      return new GatherND((int) attributes.integer("batch_dims", 0));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor data = inputs.get(0);
    Tensor indices = inputs.get(1);
    long[] extents = TensorData.sizes(data);
    long[] places = TensorData.sizes(indices);
    int depth = (int) places[places.length - 1];
    long batches = product(extents, 0, batch);
    long slices = product(extents, batch, batch + depth);
    long inner = product(extents, batch + depth, extents.length);
    Tensor flat = Indices.flat(indices, extents, batch).reshape(batches, -1);
    Tensor offsets = torch.arange(new Scalar(batches)).mul(new Scalar(slices)).unsqueeze(1);
    Tensor gathered =
        data.reshape(batches * slices, inner).index_select(0, flat.add(offsets).reshape(-1));
    long[] shape = Arrays.copyOf(places, places.length - 1 + extents.length - batch - depth);
    System.arraycopy(
        extents, batch + depth, shape, places.length - 1, extents.length - batch - depth);
    return List.of(gathered.reshape(shape));
  }

  private static long product(long[] extents, int from, int to) {
    return Arrays.stream(extents, from, to).reduce(1, (a, b) -> a * b);
  }
}
