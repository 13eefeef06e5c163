package io.disassembler.evaluation;

import io.disassembler.base.Json;
import io.disassembler.data.Size;
import io.disassembler.graph.Cost;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found. Ratios are NaN where there is nothing to divide by, as for a category
 * that no image shows.
 *
 * @param labels what the predictions were compared with
 * @param images number of images counted
 * @param broken number of images skipped
 * @param size what images were resized to
 * @param threads how many ONNX Runtime used for one network
 * @param doubt what may be wrong with labels or input; null if nothing seems to be
 */
public record EvaluationResult(
    LabelSource labels,
    int images,
    int broken,
    Size size,
    int threads,
    ReferenceResult reference,
    List<NetworkResult> networks,
    @Nullable LabelDoubt doubt) {

  public EvaluationResult {
    networks = List.copyOf(networks);
  }

  /** A result that raises no doubt. */
  public EvaluationResult(
      LabelSource labels,
      int images,
      int broken,
      Size size,
      int threads,
      ReferenceResult reference,
      List<NetworkResult> networks) {
    this(labels, images, broken, size, threads, reference, networks, null);
  }

  /** What predictions are compared with. */
  public enum LabelSource {
    /** Masks drawn by people. */
    MASKS("masks"),
    /** The reference network's own predictions: the IoU of the others is their agreement. */
    REFERENCE_PREDICTION("reference prediction");

    private final String text;

    LabelSource(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * A network's file and what it costs.
   *
   * @param bytes size on disk, with the side file that holds its weights if there is one
   * @param latency null if it was not measured
   */
  public record Footprint(Path file, Cost cost, long bytes, @Nullable Latency latency) {

    /** The same file as people know it who did not put it where it is. */
    public Footprint named(String name) {
      return new Footprint(Path.of(name), cost, bytes, latency);
    }

    /** This median latency as a share of the other one's. */
    public Optional<Double> latencyRatio(Footprint other) {
      return latency == null || other.latency == null
          ? Optional.empty()
          : Optional.of(latency.ratioTo(other.latency));
    }
  }

  /** The counts of one category. */
  public record CategoryScore(String name, CategoryCounts counts) {}

  /**
   * The network that others are compared with.
   *
   * @param categories its own categories; of a sub-network without {@code other}
   */
  public record ReferenceResult(Footprint footprint, List<CategoryScore> categories) {

    public ReferenceResult {
      categories = List.copyOf(categories);
    }

    /** Mean of the categories' IoU where it is defined; {@code other} does not count. */
    public double meanIou() {
      return mean(categories.stream().map(category -> category.counts().iou()).toList());
    }
  }

  /** The counts of one category of the reference and of a network on the same pixels. */
  public record ComparedCategory(String name, CategoryCounts reference, CategoryCounts counts) {

    /** These counts and those of other images. */
    public ComparedCategory plus(ComparedCategory other) {
      return new ComparedCategory(name, reference.plus(other.reference), counts.plus(other.counts));
    }

    /** IoU as a share of the reference's; NaN where the reference never hits the category. */
    public double retention() {
      return reference.iou() > 0 ? counts.iou() / reference.iou() : Double.NaN;
    }
  }

  /**
   * A network compared with the reference, under the network's {@code other} policy for both.
   *
   * @param categories the chosen categories
   * @param other everything not chosen, if there is any
   */
  public record NetworkResult(
      Footprint footprint, List<ComparedCategory> categories, @Nullable ComparedCategory other) {

    public NetworkResult {
      categories = List.copyOf(categories);
    }

    /**
     * Mean retention of the chosen categories where it is defined; {@code other} does not count.
     */
    public double meanRetention() {
      return mean(categories.stream().map(ComparedCategory::retention).toList());
    }
  }

  /** The result as JSON; ratios that are not defined are null. */
  public String toJson() {
    return Json.pretty(EvaluationJson.of(this));
  }

  /** The result as tables for a terminal. */
  public String toTable() {
    return EvaluationTable.format(this);
  }

  private static double mean(List<Double> values) {
    return values.stream()
        .mapToDouble(Double::doubleValue)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
