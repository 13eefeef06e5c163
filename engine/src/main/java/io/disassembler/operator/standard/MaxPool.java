package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.CannotRunException;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Interval;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.flow.ChannelsThrough;
import io.disassembler.operator.shape.PoolWindow;
import io.disassembler.operator.shape.SpatialWindow;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * ONNX MaxPool: largest element under each window of X (N, C, spatial...), and optionally where it
 * was, as an index into the whole of X. Opset 1, 8 (indices), 10 (dilations, ceil_mode), 11, 12,
 * 22.
 *
 * @param columnMajor indices number the spatial axes with the first one fastest (storage_order)
 */
@ChannelRule("pass through")
record MaxPool(SpatialWindow window, boolean columnMajor) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("MaxPool", 1, 8, 10, 11, 12, 22);
    }

    @Override
    protected MaxPool parse(Attributes attributes) {
      return new MaxPool(SpatialWindow.parse(attributes), attributes.flag("storage_order", false));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor given = inputs.get(0);
    // libtorch pools no small integers; float holds them exactly.
    boolean floating = TensorData.type(given).isFloating();
    Tensor x = floating ? given : given.to(ScalarType.Float);
    PoolWindow pool = PoolWindow.of(window, TensorData.sizes(x));
    boolean padsItself = pool.isNative();
    Tensor padded = padsItself ? x : pool.pad(x, new Scalar(Double.NEGATIVE_INFINITY));
    long[] pads = padsItself ? pool.before() : new long[pool.spatial()];
    if (inputs.outputs() < 2) {
      return List.of(pooled(padded, pool, pads).to(given.scalar_type()));
    }
    T_TensorTensor_T both = withPlaces(padded, pool, pads);
    Tensor indices = indices(both.get1(), padded, pool, padsItself);
    return List.of(both.get0().to(given.scalar_type()), indices);
  }

  private static Tensor pooled(Tensor x, PoolWindow pool, long[] pads) {
    long[] kernel = pool.kernel();
    long[] strides = pool.strides();
    long[] dilations = pool.dilations();
    return switch (pool.spatial()) {
      case 1 -> torch.max_pool1d(x, kernel, strides, pads, dilations, false);
      case 2 -> torch.max_pool2d(x, kernel, strides, pads, dilations, false);
      case 3 -> torch.max_pool3d(x, kernel, strides, pads, dilations, false);
      default -> throw unsupported(pool);
    };
  }

  private static T_TensorTensor_T withPlaces(Tensor x, PoolWindow pool, long[] pads) {
    long[] kernel = pool.kernel();
    long[] strides = pool.strides();
    long[] dilations = pool.dilations();
    return switch (pool.spatial()) {
      case 1 -> torch.max_pool1d_with_indices(x, kernel, strides, pads, dilations, false);
      case 2 -> torch.max_pool2d_with_indices(x, kernel, strides, pads, dilations, false);
      case 3 -> torch.max_pool3d_with_indices(x, kernel, strides, pads, dilations, false);
      default -> throw unsupported(pool);
    };
  }

  private static CannotRunException unsupported(PoolWindow pool) {
    return new CannotRunException(pool.spatial() + " spatial axes; 1 to 3 are supported");
  }

  /** libtorch's places, row-major in one (padded) map, as ONNX's indices into the whole of X. */
  private Tensor indices(Tensor places, Tensor padded, PoolWindow pool, boolean padsItself) {
    long[] extents = pool.extents();
    Tensor rest = places;
    Tensor index = torch.zeros_like(places);
    long area = Arrays.stream(extents).reduce(1, (a, b) -> a * b);
    for (int axis = pool.spatial() - 1; axis >= 0; axis--) {
      Scalar extent = new Scalar(padded.size(axis + 2));
      Tensor position = torch.remainder(rest, extent);
      rest = torch.floor_divide(rest, extent);
      if (!padsItself) {
        position = position.sub(new Scalar(pool.pads()[axis]));
      }
      index = index.add(position.mul(new Scalar(stride(extents, axis))));
    }
    long maps = padded.size(0) * padded.size(1);
    long[] perMap = new long[pool.spatial() + 2];
    Arrays.fill(perMap, 1);
    perMap[0] = padded.size(0);
    perMap[1] = padded.size(1);
    Tensor offset = torch.arange(new Scalar(maps)).mul(new Scalar(area)).reshape(perMap);
    return index.add(offset.to(index.device(), index.scalar_type()));
  }

  private long stride(long[] extents, int axis) {
    long stride = 1;
    for (int other = 0; other < extents.length; other++) {
      if (columnMajor ? other < axis : other > axis) {
        stride *= extents[other];
      }
    }
    return stride;
  }

  @Override
  public void flow(ChannelFlow flow) {
    ChannelsThrough.flowMixingSpace(flow, "pooled over along with its neighbours");
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0);
  }
}
