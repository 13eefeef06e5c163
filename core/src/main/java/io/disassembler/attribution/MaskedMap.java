package io.disassembler.attribution;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.engine.NativeScope;
import io.disassembler.engine.SelfProducts;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.FeatureMap;
import io.disassembler.profile.Moments;
import java.util.ArrayList;
import java.util.List;
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
 * @param pixels activations A, P x C
 * @param weights what each pixel counts for each category present, categories x P; 1 everywhere if
 *     the feature map has no spatial axes
 * @param masked for each category present, the pixels that count at all
 */
record MaskedMap(FeatureMap map, Place place, Tensor pixels, Tensor weights, List<Tensor> masked) {
  /**
   * @param index from 0
   * @param batch number of images in the batch
   */
  record Place(int index, int batch) {}

  /**
   * What the image says of one category, one number per channel.
   *
   * @param forward masked sums of max(A, 0)
   * @param backward masked sums of max(G, 0)
   * @param taylor masked sums of |A G|
   */
  record Sums(double[] forward, double[] backward, double[] taylor) {}

  static MaskedMap of(FeatureMap map, Place place, Tensor value, ConfidenceMask mask) {
    Tensor pixels = pixels(map, place, value);
    boolean spatial =
        value.dim() == 1 + mask.masks().dim() && map.axis() == 1 && value.size(0) == place.batch();
    Tensor weights =
        spatial
            ? mask.averaged(LongStream.of(TensorData.sizes(value)).skip(2).toArray())
            : torch
                .ones(mask.categories().size(), pixels.size(0))
                .to(pixels.device(), ScalarType.Float);
    List<Tensor> masked = new ArrayList<>();
    for (int row = 0; row < mask.categories().size(); row++) {
      masked.add(weights.select(0, row).nonzero().flatten());
    }
    return new MaskedMap(map, place, pixels, weights, List.copyOf(masked));
  }

  /** Moments over all pixels, masked or not. */
  Moments moments() {
    return NativeScope.in(
        () -> {
          // float32 sums over this many pixels lose what recovery solves for
          Tensor x = pixels.to(ScalarType.Double);
          return new Moments(
              x.size(0),
              TensorData.doubles(x.sum(0)),
              TensorData.doubles(SelfProducts.of(x)),
              TensorData.doubles(pixels.gt(new Scalar(0)).sum(0)));
        });
  }

  /**
   * Sums over the mask of the category in {@code row}; they do not depend on which other categories
   * there are. A gradient that is undefined is zero: the logits depend on the value's shape alone,
   * or not at all.
   *
   * @param gradient of the category's score, of the whole batch
   */
  Sums sums(Tensor gradient, int row) {
    return NativeScope.in(
        () -> {
          Tensor where = masked.get(row);
          Tensor weight = weights.select(0, row).index_select(0, where);
          Tensor a = pixels.index_select(0, where);
          double[] forward = TensorData.doubles(a.relu().t().mv(weight));
          if (!gradient.defined()) {
            return new Sums(forward, new double[map.channels()], new double[map.channels()]);
          }
          Tensor g = pixels(map, place, gradient).index_select(0, where);
          Tensor contributions = a.mul_(g).abs_();
          return new Sums(
              forward,
              TensorData.doubles(g.relu_().t().mv(weight)),
              TensorData.doubles(contributions.t().mv(weight)));
        });
  }

  /** The image's share of a value: P x C, float32. */
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
    return share.movedim(map.axis(), 0).reshape(map.channels(), -1).t().to(ScalarType.Float);
  }
}
