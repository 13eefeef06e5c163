package io.disassembler.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.attribution.ProfilingRun;
import io.disassembler.attribution.ProfilingSettings;
import io.disassembler.base.Checkpoint;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.ImageFolder;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.Evaluation;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.evaluation.EvaluationSettings;
import io.disassembler.evaluation.EvaluationSubject;
import io.disassembler.evaluation.Thresholds;
import io.disassembler.graph.Boundary;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Network;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.ModelDigest;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import io.disassembler.testing.Shared;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on a real network and real photographs, at a fraction of the images it deserves. */
class CamVidExtractionTest {
  private static final int PROFILED = 24;
  private static final int EVALUATED = 40;

  @Test
  void halfOfTheNetworkStillSegmentsCars(@TempDir Path folder) {
    Path model = Shared.model("unet-camvid.onnx");
    Network network = OnnxReader.read(model);
    NetworkCard card = NetworkCard.read(Shared.model("unet-camvid.yaml"));
    NetworkInput input = NetworkInput.of(network, card.size());
    Anatomy anatomy = Anatomy.of(network, input.shapes());
    String sha256 = ModelDigest.sha256(model);
    Profile profile =
        new ProfilingRun(anatomy, input, card, sha256, ProfilingSettings.withSeed(1))
            .run(samples("train", false, PROFILED), Checkpoint.none(), (done, total) -> {});
    Extraction.SubNetwork result =
        new Extraction(anatomy, sha256, card, profile, profile.sha256())
            .extract(
                card.parse("car"),
                new Extraction.Recipe(
                    Criterion.RECONSTRUCTION,
                    new Budget(Budget.Measure.MACS, 0.5),
                    RecoveryMethod.RIDGE,
                    null));
    Path file = folder.resolve("car.onnx");
    OnnxWriter.write(result.network(), file);
    Cost full = result.full();
    EvaluationResult evaluation =
        Evaluation.run(
            new EvaluationSubject(model, new Cost(full.parameters(), full.macs()), Boundary.PLAIN),
            card,
            List.of(
                new EvaluationSubject(
                    file,
                    new Cost(result.cost().parameters(), result.cost().macs()),
                    Boundary.PLAIN)),
            samples("test", true, EVALUATED),
            new EvaluationSettings(input.size(), 2, false, Thresholds.LOGIT, null),
            (done, total) -> {});
    assertThat((double) result.cost().macs() / full.macs()).isBetween(0.48, 0.5);
    assertThat(evaluation.networks().get(0).meanRetention()).isGreaterThan(0.85);
  }

  private static List<Sample> samples(String split, boolean masks, int limit) {
    Path camvid = Shared.file("camvid");
    return ImageFolder.open(
            camvid.resolve("images").resolve(split),
            masks ? camvid.resolve("masks").resolve(split) : null)
        .sample(limit, 1);
  }
}
