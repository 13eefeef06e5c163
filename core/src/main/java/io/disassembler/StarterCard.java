package io.disassembler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Stable;
import io.disassembler.data.DecisionRule;
import io.disassembler.data.Legend;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.Layout;
import io.disassembler.input.PixelRange;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network card to start from: what the graph shows, and comments about what only those know who
 * trained the network.
 */
@Stable
public final class StarterCard {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BACKGROUND = "background";
  private static final int GRAY = 1;
  private static final int COLOR = 3;

  private StarterCard() {}

  /**
   * The card's text.
   *
   * @param network opened without a card
   * @param legend names of its categories; empty for numbers
   * @throws InvalidInputException if the names are not as many as its categories
   */
  public static String of(SegmentationNetwork network, Optional<Legend> legend) {
    int channels = network.input().channels();
    int count = network.logits().categories();
    List<String> names =
        legend
            .map(known -> withBackground(known.categories(), count))
            .orElse(NetworkCard.unnamed(count).categories());
    if (names.size() != count) {
      throw new InvalidInputException(
          "%s: has %d categories, found %d names: %s"
              .formatted(network.file(), count, names.size(), names));
    }
    StringBuilder text = new StringBuilder();
    text.append(
            "# How images become this network's input, and what its categories are called (docs/card.md).\n")
        .append("categories: ")
        .append(names.stream().map(StarterCard::quoted).collect(Collectors.joining(", ", "[", "]")))
        .append("  # in the order of the outputs\n")
        .append(decision(network))
        .append("input:\n")
        .append(
            network.size().volume()
                ? "  color: BANDS  # volumes of %d channels, from .npy or NIfTI\n"
                    .formatted(channels)
                : channels == GRAY
                    ? "  color: GRAY\n"
                    : channels != COLOR
                        ? "  color: BANDS  # %d channels, from .npy or TIFF, as they are stored\n  # picture: [2, 1, 0]  # the bands that are shown as red, green and blue\n"
                            .formatted(channels)
                        : "  color: RGB  # BGR for code that reads images with OpenCV and does not convert them\n")
        .append(network.input().whole() ? "" : pixels(network, channels))
        .append(size(network))
        .append(layouts(network));
    if (legend.isPresent() && !legend.get().ignored().isEmpty()) {
      text.append("masks:\n  ignore: ").append(legend.get().ignored()).append('\n');
    } else {
      text.append("# masks:\n#   ignore: [255]  # mask values that count nowhere\n");
      text.append("#   values: [...]  # one for each category, where they are not 0, 1, 2, ...\n");
    }
    // What cannot be read is not handed out.
    NetworkCard unused = NetworkCard.fromYaml(text.toString(), "starter card");
    return text.toString();
  }

  /** Many networks have an output more than the list has names, their first: none of them. */
  private static List<String> withBackground(List<String> names, int count) {
    return names.size() + 1 != count || names.contains(BACKGROUND)
        ? names
        : Stream.concat(Stream.of(BACKGROUND), names.stream()).toList();
  }

  private static String decision(SegmentationNetwork network) {
    return network.logits().rule().filter(rule -> rule == DecisionRule.INDEPENDENT).isPresent()
        ? "decision: independent  # each ends in a Sigmoid of its own; exclusive if a pixel has one category\n"
        : "";
  }

  private static String quoted(String name) {
    try {
      return JSON.writeValueAsString(name);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String pixels(SegmentationNetwork network, int channels) {
    PixelRange range = PixelRange.of(network.anatomy().network());
    Optional<Integer> scale = range.scale();
    if (scale.isPresent()) {
      return String.format(
          Locale.ROOT,
          "  scale: %d  # %s in the graph make x * %.4g %+.4g of pixels, so they are taken from 0 to %s%n",
          scale.get(),
          range.nodes(),
          range.factor(),
          range.offset(),
          scale.get() == 1 ? "255" : "1");
    }
    if (network.size().volume()) {
      return """
        # x = (number / scale - mean) / std, with one mean and std for each channel; without them numbers are taken
        # as they are stored. Ask whoever trained it.
        # mean: [...]
        # std: [...]
      """;
    }
    if (channels != GRAY && channels != COLOR) {
      return """
        # x = (number / scale - mean) / std, with one mean and std for each channel; without scale the largest
        # number of the file's type: 255, 65535, or 1 for floating point. Ask whoever trained it.
        # mean: [...]
        # std: [...]
      """;
    }
    String unseen =
        "  # x = (pixel / scale - mean) / std. The graph does not tell; ask whoever trained it, or compare masks.\n";
    if (network.anatomy().network().boundary().input().channelsLast()) {
      return unseen
          + "  scale: 255  # [0, 1]\n"
          + "  # mean: [0.5, 0.5, 0.5]  # with std the same: [-1, 1], as many of Keras's networks take\n"
          + "  # std: [0.5, 0.5, 0.5]\n";
    }
    return channels == GRAY
        ? unseen + "  scale: 255  # [0, 1]\n"
        : unseen
            + "  scale: 255\n"
            + "  mean: [0.485, 0.456, 0.406]  # torchvision, segmentation_models.pytorch, timm\n"
            + "  std: [0.229, 0.224, 0.225]   # [0.5, 0.5, 0.5] in both is [-1, 1]; without both it is [0, 1]\n";
  }

  private static String size(SegmentationNetwork network) {
    Size size = network.size();
    boolean fixed =
        network.anatomy().network().inputs().get(0).dimensions().orElse(List.of()).stream()
            .skip(2)
            .allMatch(Dimension.Fixed.class::isInstance);
    return "  size: %s  # %sheight, width%s%n"
        .formatted(
            Arrays.toString(size.extents()),
            size.volume() ? "depth, " : "",
            fixed ? "" : "; the file leaves them open: those that it was trained at");
  }

  private static String layouts(SegmentationNetwork network) {
    Layout input = network.anatomy().network().boundary().input();
    Layout output = network.anatomy().network().boundary().output();
    return (input == input.plain() ? "" : "  layout: " + input + "\n")
        + (output == output.plain() ? "" : "output:\n  layout: " + output + "\n");
  }
}
