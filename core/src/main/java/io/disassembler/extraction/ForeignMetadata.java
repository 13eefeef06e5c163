package io.disassembler.extraction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other tools wrote into a network's metadata about its categories, corrected for a
 * sub-network: lists and tables of names (as Ultralytics' {@code names} and Hugging Face's {@code
 * id2label}), and numbers of categories. What has an entry for each category, but is not
 * understood, is dropped with a warning. Everything else is true of the sub-network too.
 */
final class ForeignMetadata {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignMetadata.class);

  private static final Pattern COUNT =
      Pattern.compile(
          "nc|n_?c(lass|ategor|label)\\w*|num(ber)?_?(of_?)?(c|class|categor|label)\\w*");
  private static final Pattern ABOUT_CATEGORIES =
      Pattern.compile(
          ".*(name|class|categor|label|colou?r|palette|threshold|weight|anchor|stuff|thing).*");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final CategoryMapping mapping;
  private final int before;

  /** The full network's category that each output is, -1 for what was not chosen. */
  private final List<Integer> outputs = new ArrayList<>();

  private ForeignMetadata(CategoryMapping mapping) {
    this.mapping = mapping;
    before = mapping.source().size();
    if (mapping.hasOther()) {
      outputs.add(-1);
    }
    outputs.addAll(mapping.chosen());
  }

  /**
   * The entries that a sub-network has.
   *
   * @param entries the full network's
   */
  static Map<String, String> of(Map<String, String> entries, CategoryMapping mapping) {
    if (mapping.keepsAll()) {
      return entries;
    }
    ForeignMetadata foreign = new ForeignMetadata(mapping);
    Map<String, String> kept = new LinkedHashMap<>();
    entries.forEach(
        (key, value) ->
            (key.startsWith("disassembler.") ? Optional.of(value) : foreign.corrected(key, value))
                .ifPresentOrElse(
                    text -> kept.put(key, text),
                    () ->
                        LOG.warn(
                            "metadata '{}' speaks of each of the {} categories and is left out of the sub-network",
                            key,
                            foreign.before)));
    return kept;
  }

  private Optional<String> corrected(String key, String value) {
    String text = value.strip();
    if (isCount(key, text)) {
      return Optional.of(Integer.toString(outputs.size()));
    }
    if (text.startsWith("{") || text.startsWith("[") || text.startsWith("(")) {
      return structured(key, value, text);
    }
    for (String separator : List.of("\n", ";", ",", "|")) {
      String[] parts = text.split(Pattern.quote(separator), -1);
      if (parts.length == before && before > 1 && isAbout(key, Arrays.asList(parts))) {
        List<String> names = Arrays.stream(parts).map(String::strip).toList();
        String joint = separator.equals(",") && text.contains(", ") ? ", " : separator;
        return Optional.of(String.join(joint, names(names)));
      }
    }
    return Optional.of(value);
  }

  private Optional<String> structured(String key, String value, String text) {
    boolean tuple = text.startsWith("(") && text.endsWith(")");
    // Python's literals are JSON but for tuples, constants and single quotes.
    String literal =
        (tuple ? "[" + text.substring(1, text.length() - 1) + "]" : text)
            .replaceAll("\\bNone\\b", "null")
            .replaceAll("\\bTrue\\b", "true")
            .replaceAll("\\bFalse\\b", "false");
    JsonNode found;
    try {
      found = JSON.readTree(literal);
    } catch (JsonProcessingException e) {
      return isMentioned(key, text) ? Optional.empty() : Optional.of(value);
    }
    JsonNode changed = changed(key, found);
    if (changed == null || changed.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(changed.equals(found) ? value : written(changed, isPython(text)));
  }

  /** Whether the text names all of the categories, whatever it is written in. */
  private boolean isMentioned(String key, String text) {
    return ABOUT_CATEGORIES.matcher(key.toLowerCase(Locale.ROOT)).matches()
        || mapping.source().stream().allMatch(text::contains);
  }

  /** The node for the sub-network; missing if it has an entry for each category, not understood. */
  private JsonNode changed(String key, JsonNode node) {
    if (node.isArray() && node.size() == before && isAbout(key, texts(node))) {
      return list((ArrayNode) node);
    }
    if (node.isObject()) {
      ObjectNode object = (ObjectNode) node;
      List<String> keys = new ArrayList<>();
      object.fieldNames().forEachRemaining(keys::add);
      if (keys.equals(numbers(before))) {
        return byNumber(object);
      }
      if (texts(node).equals(numbers(before))) {
        return toNumber(keys);
      }
      ObjectNode changed = JSON.createObjectNode();
      for (String inner : keys) {
        JsonNode child = changed(inner, object.get(inner));
        if (!child.isMissingNode()) {
          changed.set(inner, child);
        }
      }
      return changed;
    }
    return node.isValueNode() && isCount(key, node.asText())
        ? JSON.getNodeFactory().numberNode(outputs.size())
        : node;
  }

  private JsonNode list(ArrayNode node) {
    if (!IntStream.range(0, before).allMatch(i -> node.get(i).isTextual())) {
      return JSON.missingNode();
    }
    ArrayNode names = JSON.createArrayNode();
    names(texts(node)).forEach(names::add);
    return names;
  }

  private JsonNode byNumber(ObjectNode node) {
    if (!IntStream.range(0, before).allMatch(i -> node.get(Integer.toString(i)).isTextual())) {
      return JSON.missingNode();
    }
    ObjectNode names = JSON.createObjectNode();
    List<String> texts = names(texts(node));
    IntStream.range(0, texts.size()).forEach(i -> names.put(Integer.toString(i), texts.get(i)));
    return names;
  }

  private JsonNode toNumber(List<String> names) {
    ObjectNode numbers = JSON.createObjectNode();
    List<String> texts = names(names);
    IntStream.range(0, texts.size()).forEach(i -> numbers.put(texts.get(i), i));
    return numbers;
  }

  /** The other tool's names of the outputs. */
  private List<String> names(List<String> all) {
    return outputs.stream().map(c -> c < 0 ? NetworkCard.OTHER : all.get(c)).toList();
  }

  private boolean isCount(String key, String text) {
    return text.equals(Integer.toString(before))
        && COUNT.matcher(key.toLowerCase(Locale.ROOT)).matches();
  }

  private boolean isAbout(String key, List<String> entries) {
    return ABOUT_CATEGORIES.matcher(key.toLowerCase(Locale.ROOT)).matches()
        || entries.stream().map(String::strip).toList().equals(mapping.source());
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    node.forEach(child -> texts.add(child.asText()));
    return texts;
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private static boolean isPython(String text) {
    return text.startsWith("(") || text.contains("'") || text.matches("(?s)\\{\\s*\\d+\\s*:.*");
  }

  /** As JSON, or as Python writes its literals, which readers of such metadata parse. */
  private static String written(JsonNode node, boolean python) {
    if (!python) {
      return node.toString();
    }
    if (node.isObject()) {
      List<String> entries = new ArrayList<>();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String key = entry.getKey();
        entries.add(
            (key.matches("\\d+") ? key : quoted(key)) + ": " + written(entry.getValue(), true));
      }
      return "{" + String.join(", ", entries) + "}";
    }
    if (node.isArray()) {
      List<String> entries = new ArrayList<>();
      node.forEach(child -> entries.add(written(child, true)));
      return "[" + String.join(", ", entries) + "]";
    }
    if (node.isTextual()) {
      return quoted(node.asText());
    }
    return node.isNull()
        ? "None"
        : node.isBoolean() ? (node.asBoolean() ? "True" : "False") : node.asText();
  }

  private static String quoted(String text) {
    return text.contains("'")
        ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
        : "'" + text.replace("\\", "\\\\") + "'";
  }
}
