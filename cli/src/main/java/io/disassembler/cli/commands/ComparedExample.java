package io.disassembler.cli.commands;

import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.comparison.Approach;
import io.disassembler.comparison.CategorySet;
import io.disassembler.extraction.Extraction;
import io.disassembler.onnx.TemporaryModel;
import io.disassembler.recovery.Calibration;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.report.Note;
import io.disassembler.report.ReportedEvaluation;
import io.disassembler.report.Section;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of the sub-networks that were compared, made again to be looked at.
 *
 * @param extractions by the name of the profile that each uses
 * @param calibration what recovery in closed loop follows
 */
record ComparedExample(
    SegmentationNetwork full,
    Map<String, Extraction> extractions,
    @Nullable Calibration calibration,
    ImageSet images) {

  /** The layers of the sub-network and the images on which it does worst. */
  List<Section> sections(Approach approach, CategorySet set) {
    try (TemporaryModel made = TemporaryModel.of(extract(approach, set).network())) {
      ReportedEvaluation evaluation =
          Evaluating.run(full, List.of(full.opening().of(made.file()).open()), images, null);
      List<Section> sections = new ArrayList<>();
      sections.add(
          new Note(
              "The sub-network that is shown",
              List.of(
                  "%s, recovery %s, asked for %s of the MACs: what keeps most at the smallest budget, for the category set that it keeps least of, %s."
                      .formatted(
                          approach.criterion(),
                          approach.recovery(),
                          approach.keepMacs(),
                          set.name()))));
      sections.addAll(evaluation.layers());
      sections.addAll(evaluation.examples("full network", "sub-network"));
      return sections;
    }
  }

  private Extraction.SubNetwork extract(Approach approach, CategorySet set) {
    RecoveryMethod recovery = RecoveryMethod.of(approach.recovery());
    return Objects.requireNonNull(extractions.get(approach.profile()))
        .extract(
            set.categories(),
            new Extraction.Recipe(
                Criterion.of(approach.criterion()),
                new Budget(Budget.Measure.MACS, approach.keepMacs()),
                recovery,
                recovery.followsImages() ? calibration : null));
  }
}
