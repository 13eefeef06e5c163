package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.CannotRunException;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Labels;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.shape.SpatialWindow;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX Col2Im: blocks (N, C * elements of a block, blocks) laid out as images (N, C, spatial...),
 * added up where they overlap. The extents of the images and of a block are inputs 1 and 2. Opset
 * 18.
 */
@ChannelRule("the elements of a block pass through as one channel")
record Col2Im(SpatialWindow window) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Col2Im", 18);
    }

    @Override
    protected Col2Im parse(Attributes attributes) {
      return new Col2Im(SpatialWindow.parse(attributes));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor blocks = inputs.get(0);
    long[] image = inputs.longs(1);
    long[] block = inputs.longs(2);
    int spatial = image.length;
    CannotRunException.requireCount("axes of a block", spatial, block.length);
    long elements = product(block);
    long[] sizes = TensorData.sizes(blocks);
    if (sizes.length != 3 || elements < 1 || sizes[1] % elements != 0) {
      throw new CannotRunException(
          "expected blocks (N, C * %d, number of blocks), found %s"
              .formatted(elements, Arrays.toString(sizes)));
    }
    long[] pads = window.pads(image, block);
    long[] padded = image.clone();
    for (int axis = 0; axis < spatial; axis++) {
      padded[axis] += pads[axis] + pads[spatial + axis];
    }
    Tensor places = places(padded, block);
    CannotRunException.requireCount("blocks", places.numel() / elements, sizes[2]);
    long channels = sizes[1] / elements;
    Tensor flat =
        blocks
            .new_zeros(sizes[0], channels, product(padded))
            .index_add(
                2,
                places.to(blocks.device(), places.scalar_type()),
                blocks.reshape(sizes[0], channels, elements * sizes[2]));
    Tensor images = flat.reshape(with(sizes[0], channels, padded));
    for (int axis = 0; axis < spatial; axis++) {
      images = images.narrow(axis + 2, pads[axis], image[axis]);
    }
    return List.of(images.contiguous());
  }

  /** Where in a row-major image each element of each block goes: (elements of a block x blocks). */
  private Tensor places(long[] image, long[] block) {
    int spatial = image.length;
    long[] strides = window.strides(spatial);
    long[] dilations = window.dilations(spatial);
    long[] counts = new long[spatial];
    for (int axis = 0; axis < spatial; axis++) {
      long reach = dilations[axis] * (block[axis] - 1) + 1;
      counts[axis] = Math.max(0, Math.floorDiv(image[axis] - reach, strides[axis]) + 1);
    }
    int elements = Math.toIntExact(product(block));
    int blocks = Math.toIntExact(product(counts));
    long[] places = new long[Math.multiplyExact(elements, blocks)];
    for (int i = 0; i < places.length; i++) {
      long element = i / blocks;
      long position = i % blocks;
      long step = 1;
      for (int axis = spatial - 1; axis >= 0; axis--) {
        long along =
            position % counts[axis] * strides[axis] + element % block[axis] * dilations[axis];
        places[i] += along * step;
        step *= image[axis];
        position /= counts[axis];
        element /= block[axis];
      }
    }
    return TensorData.ofLongs(places, places.length);
  }

  private static long product(long[] extents) {
    return Arrays.stream(extents).reduce(1, Math::multiplyExact);
  }

  private static long[] with(long batch, long channels, long[] extents) {
    long[] shape = new long[extents.length + 2];
    shape[0] = batch;
    shape[1] = channels;
    System.arraycopy(extents, 0, shape, 2, extents.length);
    return shape;
  }

  @Override
  public void flow(ChannelFlow flow) {
    Labels blocks = flow.labels(0);
    if (blocks.varies(0) || blocks.varies(2)) {
      flow.pinAll("blocks are added up with their neighbours");
      return;
    }
    int[] rows = flow.channels(0, 1);
    int[] channels = new int[Math.toIntExact(flow.output(0).dimension(1))];
    int elements = rows.length / channels.length;
    for (int row = 0; row < rows.length; row++) {
      channels[row / elements] = rows[row - row % elements];
      flow.unite(rows[row], rows[row - row % elements]);
    }
    flow.output(0, Labels.along(flow.output(0), 1, channels));
  }
}
