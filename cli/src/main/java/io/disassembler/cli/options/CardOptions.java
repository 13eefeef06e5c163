package io.disassembler.cli.options;

import io.disassembler.base.InvalidInputException;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.data.Legend;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the categories of a new network are called and how images become its input. */
@HelpSection.In(HelpSection.NETWORK)
public final class CardOptions {
  @Option(
      names = {"-c", "--categories"},
      paramLabel = "NAMES",
      split = ",",
      description =
          "Names of the categories, separated by commas; the first is mask value 0, and so on. Default: those of the data set, if it has names.")
  private @Nullable List<String> categories;

  @Option(
      names = "--ignore",
      paramLabel = "VALUES",
      split = ",",
      description = "With --categories: mask values of pixels that count nowhere, such as 255.")
  private List<Integer> ignored = List.of();

  @Option(
      names = "--card",
      paramLabel = "FILE",
      description = "Instead of --categories: a network card as YAML; see docs/card.md.")
  private @Nullable Path card;

  /**
   * The card of a network that is trained at {@code size}.
   *
   * @param legend what the masks of the data set mean; null if it does not say
   */
  public NetworkCard card(Size size, @Nullable Legend legend) {
    if (categories == null && !ignored.isEmpty()) {
      throw new InvalidInputException(
          "--ignore: expected --categories with it; a card or a data set that names its categories says itself what is ignored");
    }
    if (card == null && categories == null && legend != null) {
      return NetworkCard.of(legend, size);
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
              given.ignored())
          .withLayouts(given.inputLayout(), given.outputLayout());
    }
    List<String> names = categories == null ? List.of() : categories;
    try {
      return NetworkCard.of(new Legend(names, ignored), size);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("--categories, --ignore: " + e.getMessage(), e);
    }
  }
}
