package io.disassembler.evaluation;

import io.disassembler.data.ColorOrder;
import io.disassembler.data.NetworkCard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Another way in which images could become a network's input.
 *
 * @param from what the card says now
 * @param to what it would say
 * @param explanation what would then have been wrong
 */
record InputVariant(NetworkCard from, Input to, String explanation) {
  /** As in a card. */
  record Input(ColorOrder color, double scale, List<Double> mean, List<Double> std) {
    static Input of(NetworkCard card) {
      return new Input(card.color(), card.scale(), card.mean(), card.std());
    }

    /** The same numbers for the channels as they come. */
    Input in(ColorOrder other) {
      return new Input(other, scale, mean, std);
    }

    /** The same numbers for the same colours. */
    Input turned(ColorOrder other) {
      return new Input(other, scale, reversed(mean), reversed(std));
    }

    private static List<Double> reversed(List<Double> numbers) {
      List<Double> reversed = new ArrayList<>(numbers);
      Collections.reverse(reversed);
      return List.copyOf(reversed);
    }
  }

  private static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
  private static final List<Double> IMAGENET_STD = List.of(0.229, 0.224, 0.225);
  private static final List<Double> CAFFE_MEAN = List.of(123.68, 116.779, 103.939);

  /** The usual ones that differ from the card, the simplest first, a list for each kind. */
  static List<List<InputVariant>> of(NetworkCard card) {
    if (card.color() == ColorOrder.BANDS) {
      return List.of(); // nobody knows what is usual there
    }
    Input now = Input.of(card);
    List<Input> scales = scales(card).stream().filter(scale -> !scale.equals(now)).toList();
    String scaled = "the input has another scale";
    List<InputVariant> scalesAlone =
        scales.stream().map(scale -> new InputVariant(card, scale, scaled)).toList();
    if (card.color() == ColorOrder.GRAY) {
      return List.of(scalesAlone);
    }
    ColorOrder other = card.color() == ColorOrder.RGB ? ColorOrder.BGR : ColorOrder.RGB;
    String order = "the input's colours are in the other order, " + other;
    return List.of(
        List.of(new InputVariant(card, now.in(other), order)),
        scalesAlone,
        scales.stream()
            .map(scale -> new InputVariant(card, scale.turned(other), scaled + " and " + order))
            .toList());
  }

  private static List<Input> scales(NetworkCard card) {
    int channels = card.color().channels();
    List<Double> zeros = Collections.nCopies(channels, 0.0);
    List<Double> ones = Collections.nCopies(channels, 1.0);
    List<Input> all = new ArrayList<>();
    all.add(new Input(card.color(), card.scale() == 1 ? 255 : 1, card.mean(), card.std()));
    all.add(new Input(card.color(), 255, zeros, ones));
    all.add(new Input(card.color(), 1, zeros, ones));
    all.add(new Input(card.color(), 127.5, ones, ones));
    if (channels == 3) {
      boolean bgr = card.color() == ColorOrder.BGR;
      Input imagenet = new Input(ColorOrder.RGB, 255, IMAGENET_MEAN, IMAGENET_STD);
      Input caffe = new Input(ColorOrder.RGB, 1, CAFFE_MEAN, ones);
      all.add(bgr ? imagenet.turned(ColorOrder.BGR) : imagenet);
      all.add(bgr ? caffe.turned(ColorOrder.BGR) : caffe);
    }
    return all.stream().distinct().toList();
  }

  /**
   * The input under this variant.
   *
   * @param pixels as the card now makes them, channels x height x width (CHW)
   */
  float[] apply(float[] pixels) {
    int channels = from.color().channels();
    int area = pixels.length / channels;
    float[] changed = new float[pixels.length];
    for (int channel = 0; channel < channels; channel++) {
      int stored = from.color() == to.color() ? channel : channels - 1 - channel;
      double mean = from.mean().get(stored);
      double std = from.std().get(stored);
      for (int i = 0; i < area; i++) {
        double pixel = (pixels[stored * area + i] * std + mean) * from.scale();
        changed[channel * area + i] =
            (float) ((pixel / to.scale() - to.mean().get(channel)) / to.std().get(channel));
      }
    }
    return changed;
  }

  /** What to write into the card. */
  String attempt() {
    List<String> keys = new ArrayList<>();
    if (to.color() != from.color()) {
      keys.add("color: " + to.color());
    }
    if (!to.in(from.color()).equals(Input.of(from))) {
      keys.add(String.format(Locale.ROOT, "scale: %s", brief(to.scale())));
      keys.add(
          "mean: ["
              + String.join(", ", to.mean().stream().map(InputVariant::brief).toList())
              + "]");
      keys.add(
          "std: [" + String.join(", ", to.std().stream().map(InputVariant::brief).toList()) + "]");
    }
    return "input: {" + String.join(", ", keys) + "}";
  }

  private static String brief(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
