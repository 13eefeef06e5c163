package io.disassembler.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

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
      return new ModelCounts(sum(reference, other.reference), sum(own, other.own));
    }
  }

  public EvaluationCounts {
    images = List.copyOf(images);
    models = List.copyOf(models);
  }

  /**
   * The counts of both sets of images.
   *
   * @throws InvalidInputException if an image is in both
   */
  public EvaluationCounts plus(EvaluationCounts other) {
    SortedSet<String> all = new TreeSet<>(images);
    for (String image : other.images) {
      if (!all.add(image)) {
        throw new InvalidInputException(
            "image '%s' would be counted twice; add up counts of different images"
                .formatted(image));
      }
    }
    requireAlike(models.size(), other.models.size());
    List<ModelCounts> sums = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      sums.add(models.get(i).plus(other.models.get(i)));
    }
    return new EvaluationCounts(List.copyOf(all), sums);
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

  private static List<CategoryCounts> sum(List<CategoryCounts> some, List<CategoryCounts> more) {
    requireAlike(some.size(), more.size());
    List<CategoryCounts> sums = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      sums.add(some.get(i).plus(more.get(i)));
    }
    return sums;
  }

  private static void requireAlike(int some, int more) {
    if (some != more) {
      throw new IllegalArgumentException("counts of %d and of %d".formatted(some, more));
    }
  }
}
