package io.disassembler.explorer.http;

import io.disassembler.attribution.Excitations.ActivationMap;
import io.disassembler.channel.Layer;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.explorer.view.LayerMap;
import io.disassembler.explorer.view.Look;
import io.disassembler.explorer.view.Masks;
import io.disassembler.explorer.work.Cut;
import io.disassembler.explorer.work.Pictures;
import io.disassembler.explorer.work.Subject;
import io.disassembler.explorer.work.Task;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.selection.Selection;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The JSON forms of what the explorer finds; {@code openapi.json} describes them. */
final class Answers {
  private Answers() {}

  /** What is wrong, in words. */
  record Complaint(@Nullable String error) {}

  record Picture(String id, String name) {
    static Picture of(Pictures.Picture picture) {
      return new Picture(picture.id(), picture.sample().name());
    }
  }

  record PictureList(List<Picture> pictures) {
    static PictureList of(Pictures pictures) {
      return new PictureList(pictures.given().stream().map(Picture::of).toList());
    }
  }

  /** How far a task is. */
  record Progress(
      String id,
      int version,
      String state,
      String step,
      int done,
      int total,
      @Nullable String error,
      @Nullable Object result) {
    /**
     * @param form the JSON form of a result
     */
    static <R> Progress of(Task<R> task, Task.Progress<R> progress, Function<R, ?> form) {
      R result = progress.result();
      return new Progress(
          task.id(),
          progress.version(),
          progress.state().name().toLowerCase(Locale.ROOT),
          progress.step(),
          progress.done(),
          progress.total(),
          progress.error(),
          result == null ? null : form.apply(result));
    }
  }

  /**
   * A sub-network, as far as it is made and measured.
   *
   * @param kept the kernels of each layer, as ranges
   */
  record SubNetwork(
      long macs,
      long parameters,
      List<String> kept,
      @Nullable Long bytes,
      @Nullable Quality quality,
      @Nullable Speed latency) {
    static SubNetwork of(Cut cut, List<Layer> layers) {
      NetworkResult quality = cut.quality();
      return new SubNetwork(
          cut.cost().macs(),
          cut.cost().parameters(),
          layers.stream().map(layer -> kept(layer, cut.selection())).toList(),
          cut.file() == null ? null : cut.bytes(),
          quality == null ? null : Quality.of(quality),
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
  }

  record Quality(double meanRetention, List<Category> categories) {
    static Quality of(NetworkResult result) {
      return new Quality(
          result.meanRetention(), result.categories().stream().map(Category::of).toList());
    }
  }

  record Category(String name, double fullIou, double iou, double retention) {
    static Category of(ComparedCategory category) {
      return new Category(
          category.name(),
          category.reference().iou(),
          category.counts().iou(),
          category.retention());
    }
  }

  record Speed(double fullMs, double ms, double ratio) {
    static Speed of(Cut cut) {
      double full = cut.latency().get(0).medianMs();
      double part = cut.latency().get(1).medianMs();
      return new Speed(full, part, part / full);
    }
  }

  /**
   * The attribution of a layer.
   *
   * @param forward categories x kernels
   * @param backward categories x kernels
   */
  record Attribution(
      int layer, String featureMap, List<List<Double>> forward, List<List<Double>> backward) {
    private static final MathContext DIGITS = new MathContext(5, RoundingMode.HALF_EVEN);

    static Attribution of(Layer layer, LayerMap map, Subject subject) {
      String name = map.featureMap().name();
      List<CategoryProfile> categories =
          IntStream.range(0, subject.card().categories().size())
              .mapToObj(subject.profile()::category)
              .toList();
      return new Attribution(
          layer.index(),
          name,
          categories.stream().map(category -> row(category.forward(name), map)).toList(),
          categories.stream().map(category -> row(category.backward(name), map)).toList());
    }

    /** To five digits, which is all that can be seen. */
    private static List<Double> row(double[] values, LayerMap map) {
      return Arrays.stream(map.channels())
          .mapToObj(channel -> new BigDecimal(values[channel]).round(DIGITS).doubleValue())
          .toList();
    }
  }

  /** What excites a channel. */
  record Channel(int layer, int kernel, int images, List<Excitement> strongest) {
    static Channel of(Look look, Pictures pictures) {
      return new Channel(
          look.layer(),
          look.kernel(),
          look.images(),
          look.strongest().stream().map(found -> Excitement.of(found, pictures)).toList());
    }
  }

  /**
   * An image that excites a channel, and where.
   *
   * @param activation height x width, from 0 to the peak, one byte each, in Base64
   */
  record Excitement(
      String picture, String name, float peak, int height, int width, String activation) {
    /** Activation maps are sent at up to this many pixels a side. */
    private static final int FINEST = 96;

    static Excitement of(Look.Excitement found, Pictures pictures) {
      ActivationMap map = coarse(found.map());
      return new Excitement(
          pictures.id(found.sample()),
          found.sample().name(),
          found.peak(),
          map.height(),
          map.width(),
          scaled(map.values(), found.peak()));
    }

    /** The same map with the largest activation of every block, as many as are seen. */
    private static ActivationMap coarse(ActivationMap map) {
      int block = Math.max(1, (Math.max(map.height(), map.width()) + FINEST - 1) / FINEST);
      int height = (map.height() + block - 1) / block;
      int width = (map.width() + block - 1) / block;
      float[] values = new float[height * width];
      for (int y = 0; y < map.height(); y++) {
        for (int x = 0; x < map.width(); x++) {
          int at = y / block * width + x / block;
          values[at] = Math.max(values[at], map.values()[y * map.width() + x]);
        }
      }
      return new ActivationMap(height, width, values);
    }

    /** What is below 0 counts as 0. */
    private static String scaled(float[] values, float most) {
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < values.length; i++) {
        bytes[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, values[i] / most)));
      }
      return Base64.getEncoder().encodeToString(bytes);
    }
  }

  /**
   * What both networks make of a picture.
   *
   * @param full height x width labels from 0 to 255, one byte each, in Base64
   * @param part height x width labels likewise
   */
  record BothMasks(
      int height, int width, List<String> names, String full, String part, double agreement) {
    static BothMasks of(Masks masks) {
      return new BothMasks(
          masks.size().height(),
          masks.size().width(),
          masks.names(),
          labels(masks.fullDrawn()),
          labels(masks.partDrawn()),
          masks.agreement());
    }

    private static String labels(int[] labels) {
      byte[] bytes = new byte[labels.length];
      for (int i = 0; i < labels.length; i++) {
        bytes[i] = (byte) Math.min(labels[i], 255);
      }
      return Base64.getEncoder().encodeToString(bytes);
    }
  }
}
