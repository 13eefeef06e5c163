package io.disassembler.spark;

import io.disassembler.SegmentationNetwork;
import io.disassembler.base.Sha256;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.Evaluation;
import io.disassembler.evaluation.EvaluationCounts;
import io.disassembler.evaluation.EvaluationSettings;
import io.disassembler.evaluation.EvaluationSubject;
import io.disassembler.spark.SentNetworks.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Counts on the images of a shard how a network and those cut from it fare; what comes of it are
 * counts of pixels.
 */
record EvaluationWork(SentNetworks networks) implements ShardWork {

  @Override
  public List<Object> settings() {
    return List.of("evaluate");
  }

  @Override
  public String ending() {
    return ".json";
  }

  @Override
  public Function<List<Sample>, Outcome> with(Opened opened) {
    EvaluationSubject full = opened.full().evaluationSubject();
    List<EvaluationSubject> others =
        opened.others().stream().map(SegmentationNetwork::evaluationSubject).toList();
    NetworkCard card = opened.full().card();
    // Of broken images the driver judges, who knows of all.
    EvaluationSettings settings = opened.full().evaluationSettings(true, null);
    return samples ->
        new Counted(Evaluation.count(full, card, others, samples, settings, (done, total) -> {}));
  }

  private record Counted(EvaluationCounts counts) implements Outcome {
    @Override
    public int counted() {
      return counts.images().size();
    }

    @Override
    public String write(Path file) throws IOException {
      String json = counts.toJson();
      Files.writeString(file, json);
      return Sha256.of(json);
    }
  }
}
