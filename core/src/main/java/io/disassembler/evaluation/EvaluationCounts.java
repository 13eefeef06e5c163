package io.disassembler.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/**
 * What an evaluation counted on some images, and nothing else of what it finds. Counts of different
 * images add up, in any order: they are whole numbers.
 *
 * @param images names of the images that were counted, sorted
 * @param models the reference first, then the networks that are compared with it
 */
public record EvaluationCounts(List<String> images, List<ModelCounts> models) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Labelled pixels of one model, for each of its own outputs in their order.
   *
   * @param reference what the reference predicts of them
   * @param own what the model does
   */
  public record ModelCounts(List<CategoryCounts> reference, List<CategoryCounts> own) {

    public ModelCounts {
      reference = List.copyOf(reference);
      own = List.copyOf(own);
    }

    private ModelCounts plus(ModelCounts other) {
      return new ModelCounts(
          sum(reference, other.reference, CategoryCounts::plus),
          sum(own, other.own, CategoryCounts::plus));
    }
  }

  public EvaluationCounts {
    images = List.copyOf(images);
    models = List.copyOf(models);
  }

  /**
   * The counts of all of these sets of images.
   *
   * @param parts at least one
   * @throws InvalidInputException if an image is in two of them
   */
  public static EvaluationCounts sum(List<EvaluationCounts> parts) {
    SortedSet<String> images = new TreeSet<>();
    for (EvaluationCounts part : parts) {
      for (String image : part.images) {
        if (!images.add(image)) {
          throw new InvalidInputException(
              "image '%s' would be counted twice; add up counts of different images"
                  .formatted(image));
        }
      }
    }
    List<ModelCounts> sums = parts.get(0).models;
    for (EvaluationCounts part : parts.subList(1, parts.size())) {
      sums = sum(sums, part.models, ModelCounts::plus);
    }
    return new EvaluationCounts(List.copyOf(images), sums);
  }

  /** All of it as JSON, on one line. */
  public String toJson() {
    return Json.compact(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws InvalidInputException if it is something else
   */
  public static EvaluationCounts ofJson(String json) {
    try {
      return JSON.readValue(json, EvaluationCounts.class);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("no counts of an evaluation: " + e.getOriginalMessage(), e);
    }
  }

  private static <T> List<T> sum(List<T> some, List<T> more, BinaryOperator<T> plus) {
    if (some.size() != more.size()) {
      throw new IllegalArgumentException(
          "counts of %d and of %d".formatted(some.size(), more.size()));
    }
    List<T> sums = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      sums.add(plus.apply(some.get(i), more.get(i)));
    }
    return sums;
  }
}
