package io.disassembler.operator.shape;

import io.disassembler.operator.TensorData;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How Resize and Upsample make new elements out of old ones. Separable: one axis after the other,
 * each by picking indices or by a matrix of weights.
 *
 * @param mode nearest, linear or cubic
 * @param coordinates ONNX's coordinate_transformation_mode
 * @param nearest ONNX's nearest_mode, or {@code simple}: what Upsample and the first Resize did
 * @param cubicA ONNX's cubic_coeff_a
 * @param excludeOutside elements beyond the edge weigh nothing; otherwise the edge stands in
 * @param antialias shrinking averages over all that a new element covers
 * @param extrapolation what a tf_crop_and_resize puts beyond the edge
 */
public record Interpolation(
    String mode,
    String coordinates,
    String nearest,
    float cubicA,
    boolean excludeOutside,
    boolean antialias,
    float extrapolation) {

  /** How near to a half ONNX Runtime takes for a half. */
  private static final double TIE = 1e-6;

  public Tensor apply(Tensor x, List<ResizedAxis> axes) {
    List<ResizedAxis> changed = axes.stream().filter(axis -> !axis.isIdentity()).toList();
    Tensor fast = TorchUpsampling.apply(x, changed, this);
    if (fast != null) {
      return fast;
    }
    Tensor result = mode.equals("nearest") ? pick(x, changed) : weigh(x, changed);
    return coordinates.equals("tf_crop_and_resize") ? extrapolate(result, changed) : result;
  }

  private Tensor pick(Tensor x, List<ResizedAxis> axes) {
    Tensor result = x;
    for (ResizedAxis axis : axes) {
      long[] sources = sources(axis);
      result =
          result.index_select(
              axis.axis(),
              TensorData.ofLongs(sources, sources.length).to(x.device(), ScalarType.Long));
    }
    return result;
  }

  /** For each new index along {@code axis}, the old one that is nearest. */
  public long[] sources(ResizedAxis axis) {
    long[] sources = new long[axis.out()];
    for (int i = 0; i < sources.length; i++) {
      float coordinate = axis.coordinate(i, coordinates);
      double rounded =
          switch (nearest) {
            case "floor" -> Math.floor(coordinate);
            case "ceil" -> Math.ceil(coordinate);
            case "round_prefer_ceil" -> Math.floor(coordinate + 0.5 + TIE);
            case "simple" -> axis.scale() < 1 ? Math.ceil(coordinate) : Math.floor(coordinate);
            default -> Math.ceil(coordinate - 0.5 - TIE); // round_prefer_floor
          };
      sources[i] = (long) Math.max(0, Math.min(rounded, axis.in() - 1));
    }
    return sources;
  }

  private Tensor weigh(Tensor x, List<ResizedAxis> axes) {
    boolean floating = TensorData.type(x).isFloating();
    Tensor result = floating ? x : x.to(ScalarType.Float);
    for (ResizedAxis axis : axes) {
      Tensor weights =
          Tensor.create(matrix(axis))
              .reshape(axis.out(), axis.in())
              .to(x.device(), result.scalar_type());
      result = result.movedim(axis.axis(), -1).matmul(weights.t()).movedim(-1, axis.axis());
    }
    return floating ? result : result.to(x.scalar_type());
  }

  /** The weight of each old index (column) in each new one (row). */
  private float[] matrix(ResizedAxis axis) {
    float[] matrix = new float[axis.out() * axis.in()];
    float shrink = antialias ? Math.min(1, axis.scale()) : 1;
    double support = (mode.equals("cubic") ? 2 : 1) / shrink;
    for (int i = 0; i < axis.out(); i++) {
      double center = axis.coordinate(i, coordinates);
      if (mode.equals("linear") && shrink == 1) {
        center = Math.max(0, Math.min(center, axis.in() - 1));
      }
      int first = (int) Math.floor(center - support) + 1;
      int last = (int) Math.ceil(center + support) - 1;
      double sum = 0;
      for (int source = first; source <= last; source++) {
        boolean inside = source >= 0 && source < axis.in();
        sum += inside || !excludeOutside ? kernel((source - center) * shrink) : 0;
      }
      for (int source = first; source <= last; source++) {
        boolean inside = source >= 0 && source < axis.in();
        if (inside || !excludeOutside) {
          int column = Math.max(0, Math.min(source, axis.in() - 1));
          matrix[i * axis.in() + column] += (float) (kernel((source - center) * shrink) / sum);
        }
      }
    }
    return matrix;
  }

  /** The triangle, or Keys' cubic convolution kernel (1981) with coefficient a. */
  private double kernel(double distance) {
    double d = Math.abs(distance);
    if (mode.equals("linear")) {
      return Math.max(0, 1 - d);
    }
    double a = cubicA;
    if (d < 1) {
      return ((a + 2) * d - (a + 3)) * d * d + 1;
    }
    return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
  }

  private Tensor extrapolate(Tensor result, List<ResizedAxis> axes) {
    for (ResizedAxis axis : axes) {
      long[] beyond = new long[axis.out()];
      for (int i = 0; i < beyond.length; i++) {
        float coordinate = axis.coordinate(i, coordinates);
        beyond[i] = coordinate < 0 || coordinate > axis.in() - 1 ? 1 : 0;
      }
      long[] shape = SpatialWindow.filled((int) result.dim(), 1);
      shape[axis.axis()] = beyond.length;
      Tensor mask = TensorData.ofLongs(beyond, shape).to(result.device(), ScalarType.Bool);
      result = result.masked_fill(mask, new Scalar(extrapolation));
    }
    return result;
  }
}
