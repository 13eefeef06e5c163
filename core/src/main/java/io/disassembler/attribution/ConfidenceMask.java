package io.disassembler.attribution;

import io.disassembler.operator.AreaMeans;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * The pixels of one image at which the network is sure of a category, and right where labels tell:
 * M_c = {u : c = arg max p(u), p_c(u) >= tau, label(u) = c}. Where K = 1, p is the sigmoid and c is
 * the arg max where p is at least one half. So it is for each of several independent categories,
 * whose masks may overlap.
 *
 * @param categories those of the categories looked for that are present, ascending
 * @param areas pixels of each one's mask
 * @param masks their masks, one row each, of 0 and 1 (float32, {@code categories.size()} x H x W,
 *     of volumes x D x H x W)
 */
record ConfidenceMask(List<Integer> categories, List<Long> areas, Tensor masks) {
  /**
   * A category whose mask has fewer pixels is absent from the image: it would say more about noise
   * than about the category. The value is ours; the paper's is not public.
   */
  static final int FEWEST_PIXELS = 4;

  private static final double CHANCE = 0.5;

  /**
   * @param logits K x H x W, or K x D x H x W
   * @param threshold tau
   * @param labels H x W category numbers, -1 where ignored
   * @param wanted the categories to look for, ascending
   */
  static ConfidenceMask of(
      Tensor logits, double threshold, int @Nullable [] labels, List<Integer> wanted) {
    Tensor decided = decided(logits.to(ScalarType.Float), threshold);
    if (labels != null) {
      long[] wide = new long[labels.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = labels[i];
      }
      Tensor truth =
          TensorData.ofLongs(wide, TensorData.sizes(decided)).to(decided.device(), ScalarType.Long);
      decided = torch.where(decided.eq(truth), decided, new Scalar(-1L));
    }
    Tensor all = decided;
    return present(logits, wanted, category -> all.eq(new Scalar((long) category)));
  }

  /**
   * The same where categories are independent.
   *
   * @param labels H x W sets of categories, -1 where ignored
   * @param wanted the categories to look for, ascending
   */
  static ConfidenceMask ofEach(
      Tensor logits, double threshold, int @Nullable [] labels, List<Integer> wanted) {
    Tensor sure = logits.to(ScalarType.Float).sigmoid().ge(new Scalar(Math.max(threshold, CHANCE)));
    return present(
        logits,
        wanted,
        category -> {
          Tensor mask = sure.select(0, category);
          return labels == null ? mask : mask.logical_and(shows(labels, category, mask));
        });
  }

  private static Tensor shows(int[] labels, int category, Tensor like) {
    long[] shown = new long[labels.length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = labels[i] > 0 ? labels[i] >> category & 1 : 0;
    }
    return TensorData.ofLongs(shown, TensorData.sizes(like)).to(like.device(), ScalarType.Bool);
  }

  private static ConfidenceMask present(
      Tensor logits, List<Integer> wanted, IntFunction<Tensor> masksOf) {
    List<Integer> categories = new ArrayList<>();
    List<Long> areas = new ArrayList<>();
    TensorVector masks = new TensorVector();
    for (int category : wanted) {
      Tensor mask = masksOf.apply(category);
      long area = mask.sum().item_long();
      if (area >= FEWEST_PIXELS) {
        categories.add(category);
        areas.add(area);
        masks.push_back(mask.to(ScalarType.Float));
      }
    }
    Tensor stacked =
        categories.isEmpty() ? torch.zeros_like(logits.narrow(0, 0, 0)) : torch.stack(masks);
    return new ConfidenceMask(List.copyOf(categories), List.copyOf(areas), stacked);
  }

  /** The confidently predicted category of each pixel, or -1: H x W, int64. */
  private static Tensor decided(Tensor logits, double threshold) {
    if (logits.size(0) == 1) {
      Tensor sure = logits.select(0, 0).sigmoid().ge(new Scalar(Math.max(threshold, CHANCE)));
      return sure.to(ScalarType.Long).sub(new Scalar(1L));
    }
    var largest = torch.softmax(logits, 0).max(0);
    Tensor sure = largest.get0().ge(new Scalar(threshold));
    return torch.where(sure, largest.get1(), new Scalar(-1L));
  }

  /**
   * The masks averaged over the areas that the pixels of a smaller map cover.
   *
   * @param extents of that map: height and width, of volumes depth before them
   * @return {@code categories.size()} x the product of the extents
   */
  Tensor averaged(long... extents) {
    long pixels = LongStream.of(extents).reduce(1, (a, b) -> a * b);
    return AreaMeans.of(masks, extents).reshape(categories.size(), pixels);
  }
}
