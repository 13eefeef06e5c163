package io.disassembler.cli;

import io.disassembler.InvalidInputException;
import io.disassembler.data.ColorOrder;
import io.disassembler.data.Legend;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the categories of a new network are called and how images become its input. */
final class CardOptions {
  // The pixels of ImageNet, as training code in Python has it.
  private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
  private static final List<Double> STD = List.of(0.229, 0.224, 0.225);

  @Option(
      names = {"-c", "--categories"},
      paramLabel = "NAMES",
      split = ",",
      description =
          "Names of the categories, separated by commas; the first is mask value 0, and so on. Default: those of the data set, if it has names.")
  @Nullable List<String> categories;

  @Option(
      names = "--ignore",
      paramLabel = "VALUES",
      split = ",",
      description = "Mask values of pixels that count nowhere, such as 255.")
  List<Integer> ignored = List.of();

  @Option(
      names = "--card",
      paramLabel = "FILE",
      description = "Instead of --categories: a network card as YAML; see docs/card.md.")
  @Nullable Path card;

  /**
   * The card of a network that is trained at {@code size}.
   *
   * @param legend what the masks of the data set mean; null if it does not say
   */
  NetworkCard card(Size size, @Nullable Legend legend) {
    if (card == null && categories == null && legend != null) {
      return card(legend, size);
    }
    if ((card == null) == (categories == null)) {
      throw new InvalidInputException(
          "expected either --categories, such as --categories road,car, or --card FILE");
    }
    if (card != null) {
      NetworkCard given = NetworkCard.read(card);
      return new NetworkCard(
          given.categories(),
          given.color(),
          given.scale(),
          given.mean(),
          given.std(),
          size,
          given.maskValues(),
          given.ignored());
    }
    List<String> names = categories == null ? List.of() : categories;
    try {
      return card(new Legend(names, ignored), size);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("--categories, --ignore: " + e.getMessage(), e);
    }
  }

  private static NetworkCard card(Legend legend, Size size) {
    List<List<Integer>> values = new ArrayList<>();
    for (int value = 0; value < legend.categories().size(); value++) {
      values.add(List.of(value));
    }
    return new NetworkCard(
        legend.categories(), ColorOrder.RGB, 255, MEAN, STD, size, values, legend.ignored());
  }
}
