package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.flow.ChannelsThrough;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX RoiAlign, averaging: each region of X (N, C, H, W) as a map of fixed extents. Opset 10, 16
 * (coordinate_transformation_mode), 22.
 *
 * @param ratio samples along each side of a new element; 0: as many as it covers
 * @param scale from the regions' coordinates to X's
 * @param halfPixel pixel centres lie at halves; otherwise no region is smaller than a pixel
 */
@ChannelRule("pass through")
record RoiAlign(int height, int width, int ratio, float scale, boolean halfPixel)
    implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("RoiAlign", 10, 16, 22);
    }

    @Override
    protected RoiAlign parse(Attributes attributes) {
      attributes.choice("mode", "avg", "avg");
      String coordinates =
          attributes.choice(
              "coordinate_transformation_mode",
              attributes.opset() < 16 ? "output_half_pixel" : "half_pixel",
              "half_pixel",
              "output_half_pixel");
      return new RoiAlign(
          (int) attributes.integer("output_height", 1),
          (int) attributes.integer("output_width", 1),
          (int) attributes.integer("sampling_ratio", 0),
          attributes.real("spatial_scale", 1),
          coordinates.equals("half_pixel"));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    float[] regions = inputs.floats(1);
    long[] images = inputs.longs(2);
    if (images.length == 0) {
      return List.of(x.new_zeros(0, x.size(1), height, width));
    }
    TensorVector maps = new TensorVector();
    for (int i = 0; i < images.length; i++) {
      Tensor rows = weights(x, 2, regions[4 * i + 1], regions[4 * i + 3], height);
      Tensor columns = weights(x, 3, regions[4 * i], regions[4 * i + 2], width);
      maps.push_back(rows.matmul(x.select(0, images[i])).matmul(columns.t()));
    }
    return List.of(torch.stack(maps));
  }

  /** Weight of each old index along {@code axis} (columns) in each new one (rows). */
  private Tensor weights(Tensor x, int axis, float from, float to, int count) {
    int extent = Math.toIntExact(x.size(axis));
    float start = from * scale - (halfPixel ? 0.5f : 0);
    float length = to * scale - (halfPixel ? 0.5f : 0) - start;
    length = halfPixel ? length : Math.max(length, 1);
    float bin = length / count;
    int samples = ratio > 0 ? ratio : (int) Math.ceil(bin);
    float[] weights = new float[count * extent];
    for (int i = 0; i < count * samples; i++) {
      int cell = i / samples;
      int row = cell * extent;
      float position = start + cell * bin + (i % samples + 0.5f) * bin / samples;
      if (position >= -1 && position <= extent) {
        float inside = Math.max(0, Math.min(position, extent - 1));
        int low = (int) inside;
        weights[row + low] += (1 - (inside - low)) / samples;
        weights[row + Math.min(low + 1, extent - 1)] += (inside - low) / samples;
      }
    }
    return Tensor.create(weights).reshape(count, extent).to(x.device(), x.scalar_type());
  }

  @Override
  public void flow(ChannelFlow flow) {
    if (!flow.isWeight(1)) {
      flow.pin(flow.labels(1), "coordinates of regions");
    }
    ChannelsThrough.flow(flow, axis -> axis != 1, "sampled along with its neighbours");
  }
}
