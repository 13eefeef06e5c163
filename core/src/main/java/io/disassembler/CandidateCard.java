package io.disassembler;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Stable;
import io.disassembler.data.ColorOrder;
import io.disassembler.data.NetworkCard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The ways in which training code usually makes pixels of images a network's input, to be compared
 * by eye where nobody remembers which it was.
 *
 * @param name in a few words
 * @param card the network's own, but for colours, scale, mean and standard deviation
 */
@Stable
public record CandidateCard(String name, NetworkCard card) {
  private static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
  private static final List<Double> IMAGENET_STD = List.of(0.229, 0.224, 0.225);

  /** Of Caffe's networks, in their order: blue, green, red. */
  private static final List<Double> CAFFE_MEAN = List.of(104.0, 117.0, 123.7);

  /**
   * Those that {@code network} could have been trained with, the most usual first.
   *
   * @throws InvalidInputException if its images are neither grey nor of three colours
   */
  public static List<CandidateCard> of(SegmentationNetwork network) {
    int channels = network.input().channels();
    if (channels != 1 && channels != 3) {
      throw new InvalidInputException(
          "%s: input '%s' has %d channels; there is nothing usual to try but for 1 or 3: say in a card how images become input"
              .formatted(network.file(), network.input().name(), channels));
    }
    boolean gray = channels == 1;
    ColorOrder usual = gray ? ColorOrder.GRAY : ColorOrder.RGB;
    List<CandidateCard> all = new ArrayList<>();
    if (network.input().whole()) {
      all.add(plain(network, "bytes" + (gray ? "" : ", RGB"), usual, 1));
      if (!gray) {
        all.add(plain(network, "bytes, BGR", ColorOrder.BGR, 1));
      }
      return all;
    }
    if (!gray) {
      all.add(with(network, "ImageNet, RGB", usual, 255, IMAGENET_MEAN, IMAGENET_STD));
    }
    all.add(plain(network, "0 to 1", usual, 255));
    all.add(with(network, "-1 to 1", usual, 255, each(0.5, gray), each(0.5, gray)));
    all.add(plain(network, "0 to 255", usual, 1));
    if (!gray) {
      all.add(
          with(
              network,
              "ImageNet, BGR",
              ColorOrder.BGR,
              255,
              reversed(IMAGENET_MEAN),
              reversed(IMAGENET_STD)));
      all.add(plain(network, "0 to 1, BGR", ColorOrder.BGR, 255));
      all.add(with(network, "Caffe, BGR", ColorOrder.BGR, 1, CAFFE_MEAN, each(1, false)));
    }
    return all;
  }

  private static CandidateCard plain(
      SegmentationNetwork network, String name, ColorOrder color, double scale) {
    boolean gray = color == ColorOrder.GRAY;
    return with(network, name, color, scale, each(0, gray), each(1, gray));
  }

  private static CandidateCard with(
      SegmentationNetwork network,
      String name,
      ColorOrder color,
      double scale,
      List<Double> mean,
      List<Double> std) {
    return new CandidateCard(name, network.card().withPixels(color, scale, mean, std));
  }

  private static List<Double> each(double number, boolean gray) {
    return Collections.nCopies(gray ? 1 : 3, number);
  }

  private static List<Double> reversed(List<Double> numbers) {
    List<Double> reversed = new ArrayList<>(numbers);
    Collections.reverse(reversed);
    return reversed;
  }
}
