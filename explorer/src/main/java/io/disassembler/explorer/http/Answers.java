package io.disassembler.explorer.http;

import io.disassembler.attribution.Excitations.ActivationMap;
import io.disassembler.channel.Layer;
import io.disassembler.explorer.view.LayerMap;
import io.disassembler.explorer.view.Look;
import io.disassembler.explorer.view.Masks;
import io.disassembler.explorer.work.Pictures;
import io.disassembler.explorer.work.Subject;
import io.disassembler.explorer.work.Task;
import io.disassembler.profile.CategoryProfile;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Base64;
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
  record Channel(
      int layer,
      int kernel,
      int images,
      String featureMap,
      Look.@Nullable Usual usual,
      List<Excitement> strongest) {
    static Channel of(Look look, Pictures pictures) {
      return new Channel(
          look.layer(),
          look.kernel(),
          look.images(),
          look.featureMap(),
          look.usual(),
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
   * What both networks make of a picture, and what its mask says.
   *
   * @param labels height x width pixels of {@code bytesPerPixel} bytes, little-endian, in Base64;
   *     null without a mask
   * @param full likewise
   * @param part likewise
   */
  record BothMasks(
      int height,
      int width,
      List<String> names,
      boolean independent,
      int bytesPerPixel,
      @Nullable String labels,
      String full,
      String part,
      double agreement) {
    static BothMasks of(Masks masks) {
      int[] labels = masks.labels();
      return new BothMasks(
          masks.size().height(),
          masks.size().width(),
          masks.mapping().names(),
          masks.mapping().independent(),
          masks.bytesPerPixel(),
          labels == null ? null : text(masks.bytes(labels)),
          text(masks.bytes(masks.full())),
          text(masks.bytes(masks.part())),
          masks.agreement());
    }

    private static String text(byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
  }
}
