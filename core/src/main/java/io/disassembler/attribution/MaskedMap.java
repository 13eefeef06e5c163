package io.disassembler.attribution;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.engine.NativeScope;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.FeatureMap;
import io.disassembler.profile.Moments;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A feature map of one image under the masks of the categories that are present. Sums are taken
 * over this image alone: they do not depend on what else is in the batch.
 *
 * @param map which feature map
 * @param place the image's place in the batch
 * @param pixels activations A, C x P
 * @param weights what each pixel counts for each category present, categories x P; 1 everywhere if
 *     the feature map has no spatial axes
 */
record MaskedMap(FeatureMap map, Place place, Tensor pixels, Tensor weights) {
  /**
   * @param index from 0
   * @param batch number of images in the batch
   */
  record Place(int index, int batch) {}

  static MaskedMap of(FeatureMap map, Place place, Tensor value, ConfidenceMask mask) {
    Tensor pixels = pixels(map, place, value);
    boolean spatial =
        value.dim() == 1 + mask.masks().dim() && map.axis() == 1 && value.size(0) == place.batch();
    Tensor weights =
        spatial
            ? mask.averaged(LongStream.of(TensorData.sizes(value)).skip(2).toArray())
            : torch
                .ones(mask.categories().size(), pixels.size(1))
                .to(pixels.device(), ScalarType.Float);
    return new MaskedMap(map, place, pixels, weights);
  }

  /** Moments over all pixels, masked or not. */
  Moments moments() {
    return NativeScope.in(
        () -> {
          // float32 sums over this many pixels lose what recovery solves for
          Tensor x = pixels.to(ScalarType.Double);
          return new Moments(
              x.size(1),
              TensorData.doubles(x.sum(1)),
              TensorData.doubles(x.mm(x.t())),
              TensorData.doubles(x.gt(new Scalar(0)).to(ScalarType.Double).sum(1)));
        });
  }

  /** Per category present the masked sums of max(A, 0), one per channel. */
  double[][] forward() {
    return NativeScope.in(() -> rows(weights.mm(pixels.relu().t())));
  }

  /** Masked sums of max(G, 0), one per channel, for the category in {@code row}. */
  double[] backward(Tensor gradient, int row) {
    return NativeScope.in(
        () -> {
          Tensor g = aligned(gradient);
          return TensorData.doubles(g.relu().mv(weights.select(0, row)));
        });
  }

  /** Masked sums of |A G|, one per channel, for the category in {@code row}. */
  double[] taylor(Tensor gradient, int row) {
    return NativeScope.in(
        () -> {
          Tensor g = aligned(gradient);
          return TensorData.doubles(pixels.mul(g).abs().mv(weights.select(0, row)));
        });
  }

  /** Undefined gradients are zero: the logits depend on the value's shape alone, or not at all. */
  private Tensor aligned(Tensor gradient) {
    return gradient.defined() ? pixels(map, place, gradient) : torch.zeros_like(pixels);
  }

  /** The image's share of a value: C x P, float32. */
  private static Tensor pixels(FeatureMap map, Place place, Tensor value) {
    Tensor share = value.detach();
    if (place.batch() > 1) {
      if (value.size(0) != place.batch()) {
        throw new InvalidInputException(
            "feature map '%s' mixes the images of a batch (%d images, shape %s); profile one image at a time"
                .formatted(map.name(), place.batch(), TensorData.shape(value)),
            Setting.BATCH);
      }
      share = share.narrow(0, place.index(), 1);
    }
    return share.movedim(map.axis(), 0).reshape(map.channels(), -1).to(ScalarType.Float);
  }

  private static double[][] rows(Tensor matrix) {
    double[] flat = TensorData.doubles(matrix);
    int columns = Math.toIntExact(matrix.size(1));
    double[][] rows = new double[Math.toIntExact(matrix.size(0))][];
    Arrays.setAll(rows, row -> Arrays.copyOfRange(flat, row * columns, (row + 1) * columns));
    return rows;
  }
}
