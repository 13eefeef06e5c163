package io.disassembler.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.disassembler.SegmentationNetwork;
import io.disassembler.SubNetwork;
import io.disassembler.evaluation.LabelDoubt;
import io.disassembler.extraction.Plan;
import io.disassembler.graph.Cost;
import io.disassembler.onnx.ModelFile;
import io.disassembler.selection.Goal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of an extraction, for programs. */
public record ExtractionJson(
    Path file,
    List<String> categories,
    String criterion,
    Goal goal,
    String recovery,
    Model reference,
    Model network,
    double cutAgainstMasked,
    double runtimeAgainstEngine,
    double cuttableMacsShare,
    double seconds,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LabelDoubt doubt,
    Plan plan) {

  /**
   * The JSON form.
   *
   * @param written where {@code small} is
   * @param seconds how long everything took
   * @param doubt what may be wrong with the labels or input of the profile; null if nothing seems
   */
  public static ExtractionJson of(
      SegmentationNetwork full,
      SubNetwork small,
      Path written,
      double seconds,
      @Nullable LabelDoubt doubt) {
    return new ExtractionJson(
        written,
        small.plan().categories(),
        small.plan().criterion(),
        small.plan().goal(),
        small.plan().recovery(),
        Model.of(full.file(), small.fullCost()),
        Model.of(written, small.cost()),
        small.proof().cutAgainstMasked().relative(),
        small.proof().runtimeAgainstEngine().relative(),
        full.inspect().cuttableShare(),
        seconds,
        doubt,
        small.plan());
  }

  /** A network's file and what it costs. */
  public record Model(Path file, long parameters, long macs, long bytes) {
    static Model of(Path file, Cost cost) {
      return new Model(file, cost.parameters(), cost.macs(), ModelFile.bytes(file));
    }
  }
}
