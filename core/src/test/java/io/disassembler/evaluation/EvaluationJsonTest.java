package io.disassembler.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.Size;
import io.disassembler.evaluation.EvaluationResult.CategoryScore;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.EvaluationResult.Footprint;
import io.disassembler.evaluation.EvaluationResult.LabelSource;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.evaluation.EvaluationResult.ReferenceResult;
import io.disassembler.graph.Cost;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What programs read must not change unnoticed: keys, their order, what is null and what is not
 * there.
 */
class EvaluationJsonTest {
  private static final CategoryCounts COUNTS = new CategoryCounts(4, 2, 2, 10, 1);
  private static final CategoryCounts NOTHING = new CategoryCounts(0, 0, 0, 0, 0);
  private static final ComparedCategory CAR = new ComparedCategory("car", COUNTS, COUNTS);
  private static final ComparedCategory OTHER = new ComparedCategory("other", NOTHING, NOTHING);

  @Test
  void staysAsItIs() {
    ReferenceResult reference =
        new ReferenceResult(
            new Footprint(
                Path.of("full.onnx"), new Cost(100, 2000), 420, new Latency(1.5, 2, 2.5, 30)),
            List.of(new CategoryScore("car", COUNTS), new CategoryScore("tree", NOTHING)));
    EvaluationResult result =
        new EvaluationResult(
            LabelSource.MASKS,
            3,
            1,
            new Size(16, 24),
            2,
            reference,
            List.of(
                network("car.onnx", new Latency(0.5, 1, 1.5, 30), OTHER),
                network("untimed.onnx", null, null)));

    assertThat(result.toJson())
        .isEqualTo(
            """
            {
              "labels" : "masks",
              "images" : 3,
              "brokenImages" : 1,
              "size" : [ 16, 24 ],
              "threads" : 2,
              "reference" : {
                "file" : "full.onnx",
                "parameters" : 100,
                "macs" : 2000,
                "bytes" : 420,
                "latencyMs" : 2.0,
                "latencyQuartilesMs" : [ 1.5, 2.5 ],
                "latencyRounds" : 30,
                "meanIou" : 0.5,
                "categories" : [ {
                  "name" : "car",
                  "iou" : 0.5,
                  "falsePositiveRate" : 0.1,
                  "precision" : 0.6666666666666666,
                  "recall" : 0.6666666666666666
                }, {
                  "name" : "tree",
                  "iou" : null,
                  "falsePositiveRate" : null,
                  "precision" : null,
                  "recall" : null
                } ]
              },
              "networks" : [ {
                "file" : "car.onnx",
                "parameters" : 50,
                "macs" : 800,
                "bytes" : 210,
                "latencyMs" : 1.0,
                "latencyQuartilesMs" : [ 0.5, 1.5 ],
                "latencyRounds" : 30,
                "latencyRatio" : 0.5,
                "meanRetention" : 1.0,
                "categories" : [ {
                  "name" : "car",
                  "referenceIou" : 0.5,
                  "iou" : 0.5,
                  "retention" : 1.0,
                  "falsePositiveRate" : 0.1,
                  "precision" : 0.6666666666666666,
                  "recall" : 0.6666666666666666,
                  "referenceFalsePositiveRate" : 0.1,
                  "referencePrecision" : 0.6666666666666666,
                  "referenceRecall" : 0.6666666666666666
                } ],
                "other" : {
                  "name" : "other",
                  "referenceIou" : null,
                  "iou" : null,
                  "retention" : null,
                  "falsePositiveRate" : null,
                  "precision" : null,
                  "recall" : null,
                  "referenceFalsePositiveRate" : null,
                  "referencePrecision" : null,
                  "referenceRecall" : null
                }
              }, {
                "file" : "untimed.onnx",
                "parameters" : 50,
                "macs" : 800,
                "bytes" : 210,
                "latencyMs" : null,
                "latencyRatio" : null,
                "meanRetention" : 1.0,
                "categories" : [ {
                  "name" : "car",
                  "referenceIou" : 0.5,
                  "iou" : 0.5,
                  "retention" : 1.0,
                  "falsePositiveRate" : 0.1,
                  "precision" : 0.6666666666666666,
                  "recall" : 0.6666666666666666,
                  "referenceFalsePositiveRate" : 0.1,
                  "referencePrecision" : 0.6666666666666666,
                  "referenceRecall" : 0.6666666666666666
                } ]
              } ]
            }
            """);
  }

  private static NetworkResult network(
      String file, @Nullable Latency latency, @Nullable ComparedCategory other) {
    return new NetworkResult(
        new Footprint(Path.of(file), new Cost(50, 800), 210, latency), List.of(CAR), other);
  }
}
