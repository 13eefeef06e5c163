package io.disassembler.cli.options;

import io.disassembler.SegmentationNetwork;
import io.disassembler.base.InvalidInputException;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.comparison.Finetuning;
import io.disassembler.data.DataSet;
import io.disassembler.data.Sample;
import io.disassembler.data.layout.DataSets;
import io.disassembler.training.Trainee;
import io.disassembler.training.TrainingRecipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how the sub-networks of a comparison are finetuned. */
@HelpSection.In(HelpSection.TRAINING)
public final class ComparedFinetuning {
  @Option(
      names = "--finetune",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Also finetune each sub-network for N epochs, as finetune does by default, and judge it once more. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--finetune-images",
      paramLabel = "DIR",
      description = "Folder of images to finetune on, others than --images.")
  private @Nullable String images;

  @Option(
      names = "--finetune-masks",
      paramLabel = "DIR",
      description =
          "Masks of --finetune-images to learn from, unless it is a data set with masks of its own.")
  private @Nullable Path masks;

  @Option(
      names = "--finetune-teacher",
      description =
          "Finetune on the outputs of MODEL instead of masks; where there are masks both are compared.")
  private boolean teacher;

  /** What is asked for; empty if nothing is. */
  public List<Finetuning> of(SegmentationNetwork model, ImageOptions judged) {
    if (epochs < 0) {
      throw new InvalidInputException("--finetune: expected at least 0 epochs, found " + epochs);
    }
    if (epochs == 0) {
      if (images != null || masks != null || teacher) {
        throw new InvalidInputException("--finetune-images: expected --finetune N with it");
      }
      return List.of();
    }
    if (images == null) {
      throw new InvalidInputException("--finetune: expected --finetune-images DIR with it");
    }
    DataSet data = DataSets.open(images, masks);
    if (!data.labelled() && !teacher) {
      throw new InvalidInputException(
          "--finetune: expected --finetune-masks DIR or --finetune-teacher: %s has no masks"
              .formatted(images));
    }
    List<Finetuning> all = new ArrayList<>();
    if (data.labelled()) {
      all.add(finetuning(data.samples(), null, model, judged));
    }
    if (teacher) {
      Trainee full = Trainee.of(model.anatomy(), model.input(), model.card(), List.of());
      List<Sample> samples = masks == null ? data.samples() : DataSets.open(images, null).samples();
      all.add(finetuning(samples, full, model, judged));
    }
    return all;
  }

  private Finetuning finetuning(
      List<Sample> samples,
      @Nullable Trainee full,
      SegmentationNetwork model,
      ImageOptions judged) {
    return new Finetuning(
        TrainingRecipe.FINETUNING,
        epochs,
        samples,
        full,
        model.input(),
        judged.seed(),
        judged.keepGoing());
  }
}
