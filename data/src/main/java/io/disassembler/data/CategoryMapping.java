package io.disassembler.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.disassembler.base.InvalidInputException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the categories of a sub-network relate to those of the network that it was cut from. Output 0
 * of the sub-network is {@value NetworkCard#OTHER}, the categories not chosen, followed by the
 * chosen ones in their order; if all were chosen, or categories are independent, there is no
 * {@value NetworkCard#OTHER}.
 *
 * @param source names of the full network's categories, in the order of its outputs
 * @param other numbers of the categories folded into {@value NetworkCard#OTHER}; where they are
 *     independent, of those that are left out
 * @param chosen numbers of the categories that have an output of their own, at least one; every
 *     category is in exactly one of the two lists
 * @param independent whether a pixel may have several categories, or none; labels are then sets:
 *     bit c is set where category c is
 */
public record CategoryMapping(
    List<String> source,
    List<Integer> other,
    List<Integer> chosen,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean independent) {

  /** Key of the model metadata entry that holds a sub-network's mapping as JSON text. */
  public static final String METADATA_KEY = "disassembler.mapping";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /**
   * @throws IllegalArgumentException if some category is in neither list, in both or twice, or none
   *     is chosen
   */
  public CategoryMapping {
    source = List.copyOf(source);
    other = List.copyOf(other);
    chosen = List.copyOf(chosen);
    List<Integer> all = new ArrayList<>(other);
    all.addAll(chosen);
    all.sort(null);
    if (chosen.isEmpty() || !all.equals(numbers(source.size()))) {
      throw new IllegalArgumentException(
          "expected each of the %d categories in one of other %s and chosen %s, one chosen at least"
              .formatted(source.size(), other, chosen));
    }
  }

  /** The mapping of the sub-network for some categories; all that are not chosen are other. */
  public static CategoryMapping of(List<String> source, List<Integer> chosen) {
    List<Integer> other =
        numbers(source.size()).stream().filter(number -> !chosen.contains(number)).toList();
    return new CategoryMapping(source, other, chosen, false);
  }

  /** The mapping of a network that keeps all categories: each to itself. */
  public static CategoryMapping identity(List<String> source) {
    return new CategoryMapping(source, List.of(), numbers(source.size()), false);
  }

  /** The same of categories that are independent. */
  public CategoryMapping independently() {
    return new CategoryMapping(source, other, chosen, true);
  }

  /** Whether all categories are chosen in their order, so that outputs stay as they are. */
  public boolean keepsAll() {
    return chosen.equals(numbers(source.size()));
  }

  /** Whether there is a first output for everything that was not chosen. */
  public boolean hasOther() {
    return !other.isEmpty() && !independent;
  }

  /** The output of the first chosen category. */
  public int firstChosen() {
    return hasOther() ? 1 : 0;
  }

  /**
   * The mapping in a model's metadata; empty if the model is no sub-network.
   *
   * @param model what error messages call the model
   * @throws InvalidInputException if there is an entry but it is no mapping
   */
  public static Optional<CategoryMapping> fromMetadata(Map<String, String> metadata, String model) {
    return Optional.ofNullable(metadata.get(METADATA_KEY))
        .map(json -> fromJson(json, "%s (metadata %s)".formatted(model, METADATA_KEY)));
  }

  /**
   * Reads a mapping from {@code {"source":[names],"other":[numbers],"chosen":[numbers]}}.
   *
   * @param origin where the text comes from; starts every error message
   * @throws InvalidInputException if the text is no mapping
   */
  public static CategoryMapping fromJson(String json, String origin) {
    CategoryMapping mapping;
    try {
      mapping = JSON.readValue(json, CategoryMapping.class);
    } catch (JsonProcessingException e) {
      String found = e.getOriginalMessage().lines().findFirst().orElse("an error");
      throw new InvalidInputException(noMapping(origin, found), e);
    }
    // The JSON text "null" is read without complaint.
    if (mapping == null) {
      throw new InvalidInputException(noMapping(origin, "null"));
    }
    return mapping;
  }

  /** The mapping as JSON text; {@link #fromJson} reads an equal one from it. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of the sub-network's categories, in the order of its outputs. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    if (hasOther()) {
      names.add(NetworkCard.OTHER);
    }
    chosen.forEach(category -> names.add(source.get(category)));
    return List.copyOf(names);
  }

  /**
   * Which category of the sub-network each pixel of the full network's labels has; where they are
   * independent, which of them.
   *
   * @param labels categories of the full network, or sets of them; negative ones (ignored) stay,
   *     and {@code source().size()} (no category) becomes {@code names().size()}
   */
  public int[] apply(int[] labels) {
    return independent ? sets(labels) : numbersOf(labels);
  }

  private int[] sets(int[] labels) {
    int[] mapped = new int[labels.length];
    for (int pixel = 0; pixel < labels.length; pixel++) {
      int set = Math.min(labels[pixel], 0);
      for (int i = 0; labels[pixel] > 0 && i < chosen.size(); i++) {
        set |= (labels[pixel] >> chosen.get(i) & 1) << i;
      }
      mapped[pixel] = set;
    }
    return mapped;
  }

  private int[] numbersOf(int[] labels) {
    int[] outputOf = new int[source.size() + 1];
    for (int i = 0; i < chosen.size(); i++) {
      outputOf[chosen.get(i)] = firstChosen() + i;
    }
    outputOf[source.size()] = firstChosen() + chosen.size();
    return Arrays.stream(labels).map(label -> label < 0 ? label : outputOf[label]).toArray();
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static String noMapping(String origin, String found) {
    return "%s: expected {\"source\":[names],\"other\":[numbers],\"chosen\":[numbers]}, found: %s"
        .formatted(origin, found);
  }
}
