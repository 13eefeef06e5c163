package io.disassembler.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.disassembler.evaluation.EvaluationResult.CategoryScore;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.EvaluationResult.Footprint;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.evaluation.EvaluationResult.ReferenceResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON form of an {@link EvaluationResult}. */
record EvaluationJson(
    String labels,
    int images,
    int brokenImages,
    List<Integer> size,
    int threads,
    Reference reference,
    List<Compared> networks,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LabelDoubt doubt) {

  static EvaluationJson of(EvaluationResult result) {
    Footprint reference = result.reference().footprint();
    return new EvaluationJson(
        result.labels().toString(),
        result.images(),
        result.broken(),
        Arrays.stream(result.size().extents()).mapToObj(Math::toIntExact).toList(),
        result.threads(),
        Reference.of(result.reference()),
        result.networks().stream().map(network -> Compared.of(network, reference)).toList(),
        result.doubt());
  }

  private record Reference(
      @JsonUnwrapped ModelJson model, double meanIou, List<Category> categories) {
    static Reference of(ReferenceResult result) {
      return new Reference(
          ModelJson.of(result.footprint()),
          result.meanIou(),
          result.categories().stream().map(Category::of).toList());
    }
  }

  private record Compared(
      @JsonUnwrapped ModelJson model,
      @Nullable Double latencyRatio,
      double meanRetention,
      List<ComparedJson> categories,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ComparedJson other) {
    static Compared of(NetworkResult result, Footprint reference) {
      ComparedCategory other = result.other();
      return new Compared(
          ModelJson.of(result.footprint()),
          result.footprint().latencyRatio(reference).orElse(null),
          result.meanRetention(),
          result.categories().stream().map(ComparedJson::of).toList(),
          other == null ? null : ComparedJson.of(other));
    }
  }

  private record ModelJson(
      Path file,
      long parameters,
      long macs,
      long bytes,
      @Nullable Double latencyMs,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Double> latencyQuartilesMs,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer latencyRounds) {
    static ModelJson of(Footprint footprint) {
      Latency latency = footprint.latency();
      return new ModelJson(
          footprint.file(),
          footprint.cost().parameters(),
          footprint.cost().macs(),
          footprint.bytes(),
          latency == null ? null : latency.medianMs(),
          latency == null ? null : List.of(latency.lowerQuartileMs(), latency.upperQuartileMs()),
          latency == null ? null : latency.rounds());
    }
  }

  private record Category(String name, double iou, @JsonUnwrapped Rates rates) {
    static Category of(CategoryScore score) {
      return new Category(score.name(), score.counts().iou(), Rates.of(score.counts()));
    }
  }

  private record ComparedJson(
      String name,
      double referenceIou,
      double iou,
      double retention,
      @JsonUnwrapped Rates rates,
      double referenceFalsePositiveRate,
      double referencePrecision,
      double referenceRecall) {
    static ComparedJson of(ComparedCategory category) {
      return new ComparedJson(
          category.name(),
          category.reference().iou(),
          category.counts().iou(),
          category.retention(),
          Rates.of(category.counts()),
          category.reference().falsePositiveRate(),
          category.reference().precision(),
          category.reference().recall());
    }
  }

  private record Rates(double falsePositiveRate, double precision, double recall) {
    static Rates of(CategoryCounts counts) {
      return new Rates(counts.falsePositiveRate(), counts.precision(), counts.recall());
    }
  }
}
