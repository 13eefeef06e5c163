package io.disassembler.evaluation;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** How often a network says one category where labels say another. */
final class Confusion {
  /** Rarer categories say little on a few images. */
  private static final double RARE = 0.005;

  /** By label, then by prediction. */
  private final long[][] pixels;

  /**
   * @param categories of labels and predictions alike; of a network with a single one also what is
   *     not it
   */
  Confusion(int categories) {
    pixels = new long[categories][categories];
  }

  /**
   * Counts one image.
   *
   * @param labels negative ones are left out
   */
  void add(int[] labels, int[] predictions) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0) {
        pixels[labels[i]][predictions[i]]++;
      }
    }
  }

  int categories() {
    return pixels.length;
  }

  /** The same if label {@code l} meant {@code meaning(l)}; labels that then mean nothing go. */
  Confusion with(IntUnaryOperator meaning) {
    Confusion other = new Confusion(pixels.length);
    for (int label = 0; label < pixels.length; label++) {
      int meant = meaning.applyAsInt(label);
      if (meant >= 0 && meant < pixels.length) {
        for (int prediction = 0; prediction < pixels.length; prediction++) {
          other.pixels[meant][prediction] += pixels[label][prediction];
        }
      }
    }
    return other;
  }

  /** Mean IoU of the categories that labels show on more than a few pixels; 0 if there are none. */
  double agreement() {
    double sum = 0;
    int shown = 0;
    for (int label = 0; label < pixels.length; label++) {
      if (isShown(label)) {
        sum += iou(label, label);
        shown++;
      }
    }
    return shown == 0 ? 0 : sum / shown;
  }

  /** Share of all labelled pixels that are still counted, given what was counted before. */
  double shareOf(Confusion whole) {
    return whole.total() == 0 ? 0 : (double) total() / whole.total();
  }

  /** Whether labels show a category on more than a few pixels. */
  boolean isShown(int label) {
    return Arrays.stream(pixels[label]).sum() > RARE * total();
  }

  /** IoU of where labels say one and predictions say the other. */
  double iou(int label, int prediction) {
    long both = pixels[label][prediction];
    long predicted = Arrays.stream(pixels).mapToLong(row -> row[prediction]).sum();
    long either = Arrays.stream(pixels[label]).sum() + predicted - both;
    return either == 0 ? 0 : (double) both / either;
  }

  private long total() {
    return Arrays.stream(pixels).flatMapToLong(Arrays::stream).sum();
  }
}
