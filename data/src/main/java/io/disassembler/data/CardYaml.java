package io.disassembler.data;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Layout;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The YAML form of a {@link NetworkCard}, read strictly: what it does not know, it refuses. */
final class CardYaml {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String source;

  private CardYaml(String source) {
    this.source = source;
  }

  static NetworkCard parse(String text, String source) {
    CardYaml yaml = new CardYaml(source);
    try {
      return yaml.card(YAML.readTree(text));
    } catch (MismatchedInputException e) {
      throw new InvalidInputException(source + ": expected one YAML document, found more", e);
    } catch (JacksonException e) {
      throw new InvalidInputException(yaml.message("", problem(e)), e);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(source + ": " + e.getMessage(), e);
    }
  }

  static String format(NetworkCard card) {
    ObjectNode root = YAML.createObjectNode();
    card.categories().forEach(root.putArray("categories")::add);
    DecisionRule decision = card.decision();
    if (decision != null) {
      root.put("decision", decision.word());
    }
    if (!card.thresholds().isEmpty()) {
      card.thresholds().forEach(root.putArray("thresholds")::add);
    }
    ObjectNode input = root.putObject("input");
    input.put("color", card.color().name());
    if (card.color() != ColorOrder.BANDS || !card.bands().fullRange()) {
      input.put("scale", card.scale());
    }
    card.mean().forEach(input.putArray("mean")::add);
    card.std().forEach(input.putArray("std")::add);
    Size size = card.size();
    if (size != null) {
      ArrayNode extents = input.putArray("size");
      Arrays.stream(size.extents()).forEach(extents::add);
    }
    putLayout(input, card.inputLayout());
    if (!card.bands().picture().isEmpty()) {
      write(card.bands().picture(), input.putArray("picture"));
    }
    Layout axes = card.bands().axes();
    if (axes != null) {
      input.put("axes", axes.name());
    }
    if (card.outputLayout() != null) {
      putLayout(root.putObject("output"), card.outputLayout());
    }
    ObjectNode masks = root.putObject("masks");
    write(card.ignored(), masks.putArray("ignore"));
    if (card.maskBits()) {
      masks.put("bits", true);
    }
    // All values but 0 are what a single category has without the key.
    if (card.categories().size() > 1 || !card.readsByNumber()) {
      ArrayNode values = masks.putArray("values");
      card.maskValues().forEach(of -> write(of, values.addArray()));
    }
    try {
      return YAML.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(List<Integer> values, ArrayNode array) {
    for (int value : values) {
      if (MaskColor.is(value)) {
        array.add(MaskColor.text(value));
      } else {
        array.add(value);
      }
    }
  }

  private static void putLayout(ObjectNode node, @Nullable Layout layout) {
    if (layout != null) {
      node.put("layout", layout.name());
    }
  }

  private NetworkCard card(JsonNode root) {
    requireKeys(root, "", "categories", "decision", "thresholds", "input", "output", "masks");
    JsonNode input = root.path("input");
    requireKeys(
        input, "input", "color", "scale", "mean", "std", "size", "layout", "picture", "axes");
    JsonNode output = root.path("output");
    requireKeys(output, "output", "layout");
    JsonNode masks = root.path("masks");
    requireKeys(masks, "masks", "ignore", "bits", "values");

    if (!root.has("categories")) {
      throw refused("categories", "expected a list of names, found no such key");
    }
    List<String> categories = list(root.get("categories"), "categories", this::name);
    ColorOrder color =
        input.has("color")
            ? color(input.get("color"))
            : unsaid(input.get("mean"), input.get("std"));
    boolean bands = color == ColorOrder.BANDS;
    boolean fullRange = !input.has("scale");
    List<Integer> ignored = list(masks.get("ignore"), "masks.ignore", this::maskValue);
    return new NetworkCard(
        categories,
        color,
        fullRange ? bands ? 1 : 255 : number(input.get("scale"), "input.scale"),
        numbers(input.get("mean"), input.get("std"), "input.mean", color, 0),
        numbers(input.get("std"), input.get("mean"), "input.std", color, 1),
        size(input.get("size")),
        masks.has("values")
            ? list(masks.get("values"), "masks.values", this::maskValues)
            : NetworkCard.valuesByNumber(categories.size(), ignored),
        ignored,
        layout(input.get("layout"), "input.layout"),
        layout(output.get("layout"), "output.layout"),
        word(root.get("decision"), "decision", DecisionRule.values(), DecisionRule::word),
        list(root.get("thresholds"), "thresholds", this::number),
        masks.has("bits") && truth(masks.get("bits"), "masks.bits"),
        new BandImages(
            fullRange || !bands,
            list(input.get("picture"), "input.picture", this::integer),
            layout(input.get("axes"), "input.axes")));
  }

  private void requireKeys(JsonNode node, String at, String... known) {
    if (node.isMissingNode()) {
      if (at.isEmpty()) {
        throw refused("", "expected a network card, found an empty text");
      }
      return;
    }
    if (!node.isObject()) {
      throw refused(at, "expected keys (" + String.join(", ", known) + "), found " + kind(node));
    }
    for (String key : (Iterable<String>) node::fieldNames) {
      if (!Arrays.asList(known).contains(key)) {
        String path = at.isEmpty() ? key : at + "." + key;
        String nearest = NearestNames.of(key, Arrays.asList(known)).get(0);
        throw refused(path, "unknown key; did you mean " + nearest + "?");
      }
    }
  }

  private <T> List<T> list(@Nullable JsonNode node, String key, Element<T> element) {
    if (node == null) {
      return List.of();
    }
    if (!node.isArray()) {
      throw refused(key, "expected a list, found " + kind(node));
    }
    List<T> elements = new ArrayList<>();
    node.forEach(child -> elements.add(element.read(child, key)));
    return elements;
  }

  private List<Double> numbers(
      @Nullable JsonNode node,
      @Nullable JsonNode other,
      String key,
      ColorOrder color,
      double absent) {
    if (node != null) {
      return list(node, key, this::number);
    }
    int channels = color == ColorOrder.BANDS && other != null ? other.size() : color.channels();
    return Collections.nCopies(channels, absent);
  }

  /** Numbers for more channels than colours are those of bands. */
  private static ColorOrder unsaid(@Nullable JsonNode mean, @Nullable JsonNode std) {
    int most = Math.max(mean == null ? 0 : mean.size(), std == null ? 0 : std.size());
    return most > ColorOrder.RGB.channels() ? ColorOrder.BANDS : ColorOrder.RGB;
  }

  private ColorOrder color(JsonNode node) {
    return Arrays.stream(ColorOrder.values())
        .filter(order -> order.name().equals(node.asText().toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    "input.color",
                    Arrays.stream(ColorOrder.values())
                            .map(ColorOrder::name)
                            .collect(Collectors.joining(", ", "expected one of ", ""))
                        + ", found "
                        + kind(node)));
  }

  private <T> @Nullable T word(
      @Nullable JsonNode node, String key, T[] known, Function<T, String> spelling) {
    if (node == null) {
      return null;
    }
    return Arrays.stream(known)
        .filter(each -> spelling.apply(each).equals(node.asText().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    key,
                    "expected %s, found %s"
                        .formatted(
                            Arrays.stream(known).map(spelling).collect(Collectors.joining(" or ")),
                            kind(node))));
  }

  private boolean truth(JsonNode node, String key) {
    if (!node.isBoolean()) {
      throw refused(key, "expected true or false, found " + kind(node));
    }
    return node.booleanValue();
  }

  private @Nullable Layout layout(@Nullable JsonNode node, String key) {
    if (node == null) {
      return null;
    }
    return Layout.of(node.asText())
        .orElseThrow(
            () ->
                refused(key, "expected one of %s, found %s".formatted(Layout.names(), kind(node))));
  }

  private @Nullable Size size(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    List<Integer> extents = list(node, "input.size", this::integer);
    if (extents.size() < 2
        || extents.size() > 3
        || extents.stream().anyMatch(extent -> extent < 1)) {
      throw refused(
          "input.size",
          "expected [height, width] in pixels, of volumes [depth, height, width], found "
              + extents);
    }
    return Size.of(extents.stream().mapToLong(Integer::longValue).toArray());
  }

  private String name(JsonNode node, String key) {
    if (!node.isTextual() && !node.isIntegralNumber()) {
      throw refused(key, "expected names, found " + kind(node) + "; put names in quotes");
    }
    return node.asText();
  }

  private List<Integer> maskValues(JsonNode node, String key) {
    return node.isArray() ? list(node, key, this::maskValue) : List.of(maskValue(node, key));
  }

  /** A number, or a colour that is written as "#rrggbb". */
  private int maskValue(JsonNode node, String key) {
    if (!node.isTextual()) {
      return integer(node, key);
    }
    return MaskColor.parse(node.textValue())
        .orElseThrow(
            () ->
                refused(
                    key,
                    "expected whole numbers, or colours such as \"#ff8000\", found " + kind(node)));
  }

  private int integer(JsonNode node, String key) {
    if (!node.canConvertToInt() || !node.isIntegralNumber()) {
      throw refused(key, "expected whole numbers, found " + kind(node));
    }
    return node.intValue();
  }

  private double number(JsonNode node, String key) {
    if (!node.isNumber()) {
      throw refused(key, "expected a number, found " + kind(node));
    }
    return node.doubleValue();
  }

  private InvalidInputException refused(String key, String what) {
    return new InvalidInputException(message(key, what));
  }

  private String message(String key, String what) {
    return source + ": " + (key.isEmpty() ? "" : key + ": ") + what;
  }

  private static String kind(JsonNode node) {
    if (node.isObject()) {
      return "keys";
    }
    if (node.isArray()) {
      return "a list";
    }
    return node.isNull() ? "nothing" : "\"" + node.asText().lines().findFirst().orElse("") + "\"";
  }

  /** The parser's message without the excerpts of the text, which it indents. */
  private static String problem(JacksonException e) {
    String problem =
        e.getOriginalMessage()
            .lines()
            .filter(line -> !line.startsWith(" "))
            .collect(Collectors.joining(", "));
    return e.getLocation() == null
        ? "not YAML: " + problem
        : "not YAML at line %d: %s".formatted(e.getLocation().getLineNr(), problem);
  }

  /** Reads one element of the list under {@code key}. */
  private interface Element<T> {
    T read(JsonNode node, String key);
  }
}
