package io.disassembler.cli.options;

import io.disassembler.SegmentationNetwork;
import io.disassembler.base.InvalidInputException;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.training.DistillationSettings;
import io.disassembler.training.JudgedByLabels;
import io.disassembler.training.Objective;
import io.disassembler.training.TeacherNetwork;
import io.disassembler.training.TrainingData;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The network that another one learns from. */
@HelpSection.In(HelpSection.TRAINING)
public final class TeacherOptions {
  @Option(
      names = "--teacher",
      paramLabel = "FILE",
      description =
          "Learn from the outputs of this network, the one that MODEL was cut from, instead of masks; validation then measures agreement with it, or IoU if all validation images have masks.")
  private @Nullable Path teacher;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "With --teacher: what its logits are divided by. 1 takes its probabilities as they are, 0 the category that it prefers. Default: 0.")
  private @Nullable Double temperature;

  @Option(
      names = "--feature-maps",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "With --teacher: how much its feature maps count beside its outputs, where MODEL was cut from it. Default: ${DEFAULT-VALUE}.")
  private double featureMaps;

  /**
   * Reads it, if there is one.
   *
   * @throws InvalidInputException if there is none, but options say how to learn from it
   */
  public @Nullable SegmentationNetwork open(SegmentationNetwork student) {
    if (teacher == null && featureMaps != 0) {
      throw new InvalidInputException("--feature-maps: expected --teacher FILE with it");
    }
    if (teacher == null && temperature != null) {
      throw new InvalidInputException("--temperature: expected --teacher FILE with it");
    }
    return teacher == null ? null : student.opening().of(teacher).open();
  }

  /**
   * Learning from the teacher.
   *
   * @throws InvalidInputException if it is none for {@code student}
   */
  public Objective distillation(
      TrainingOptions options,
      SegmentationNetwork full,
      SegmentationNetwork student,
      TrainingData data,
      double dice) {
    Objective distillation =
        new TeacherNetwork(full)
            .distillation(
                student,
                dice,
                temperature == null ? DistillationSettings.DECIDED : temperature,
                featureMaps,
                options.device());
    return data.validationIsLabelled() ? new JudgedByLabels(distillation) : distillation;
  }
}
