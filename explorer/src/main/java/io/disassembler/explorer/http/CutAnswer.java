package io.disassembler.explorer.http;

import io.disassembler.channel.Layer;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.Latency;
import io.disassembler.explorer.work.Cut;
import io.disassembler.explorer.work.Quality;
import io.disassembler.explorer.work.Work;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a sub-network, as far as it is made and measured.
 *
 * @param kept the kernels of each layer, as ranges
 */
record CutAnswer(
    long macs,
    long parameters,
    List<String> kept,
    @Nullable Long bytes,
    @Nullable Measured quality,
    @Nullable Speed latency) {

  static CutAnswer of(Cut cut, Work work) {
    Quality quality = cut.quality();
    return new CutAnswer(
        cut.cost().macs(),
        cut.cost().parameters(),
        work.layers().stream().map(layer -> kept(layer, cut.selection())).toList(),
        cut.file() == null ? null : cut.bytes(),
        quality == null ? null : Measured.of(quality, work),
        cut.latency().isEmpty() ? null : Speed.of(cut));
  }

  /** The kernels that {@code selection} keeps, as ranges such as {@code 0-3,7}. */
  private static String kept(Layer layer, Selection selection) {
    BitSet kept = new BitSet();
    int[] groups = layer.output().groups();
    for (int kernel = 0; kernel < groups.length; kernel++) {
      kept.set(kernel, selection.keeps(groups[kernel]));
    }
    List<String> ranges = new ArrayList<>();
    for (int start = kept.nextSetBit(0); start >= 0; ) {
      int end = kept.nextClearBit(start);
      ranges.add(end - start == 1 ? "" + start : start + "-" + (end - 1));
      start = kept.nextSetBit(end);
    }
    return String.join(",", ranges);
  }

  /**
   * @param images the loss on each image that was measured
   */
  private record Measured(double meanRetention, List<Category> categories, List<Image> images) {
    static Measured of(Quality quality, Work work) {
      return new Measured(
          quality.all().meanRetention(),
          quality.all().categories().stream()
              .map(category -> Category.of(category, quality.showing(category.name())))
              .toList(),
          quality.images().stream()
              .map(image -> new Image(work.pictures().id(image.sample()), image.loss()))
              .toList());
    }
  }

  /**
   * @param images number of images that show it
   */
  private record Category(String name, double fullIou, double iou, double retention, int images) {
    static Category of(ComparedCategory category, int images) {
      return new Category(
          category.name(),
          category.reference().iou(),
          category.counts().iou(),
          category.retention(),
          images);
    }
  }

  private record Image(String picture, double loss) {}

  /** Of the full network and of the sub-network, in turn. */
  private record Speed(Timing full, Timing part, double ratio) {
    static Speed of(Cut cut) {
      Latency full = cut.latency().get(0);
      Latency part = cut.latency().get(1);
      return new Speed(Timing.of(full), Timing.of(part), part.ratioTo(full));
    }
  }

  /** Median, quartiles, and of how many runs. */
  private record Timing(double lowerMs, double ms, double upperMs, int runs) {
    static Timing of(Latency latency) {
      return new Timing(
          latency.lowerQuartileMs(),
          latency.medianMs(),
          latency.upperQuartileMs(),
          latency.rounds());
    }
  }
}
