package io.disassembler.cli.options;

import io.disassembler.attribution.FeatureMaps;
import io.disassembler.attribution.Logits;
import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Channels;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.extraction.Plan;
import io.disassembler.profile.FeatureMap;
import io.disassembler.selection.Selection;
import io.disassembler.training.Distillation;
import io.disassembler.training.DistillationSettings;
import io.disassembler.training.JudgedByLabels;
import io.disassembler.training.Objective;
import io.disassembler.training.SharedFeatureMaps;
import io.disassembler.training.Trainee;
import io.disassembler.training.TrainingData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The network that another one learns from. */
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
  public @Nullable LoadedModel load(ModelOptions model) {
    if (teacher == null && featureMaps != 0) {
      throw new InvalidInputException("--feature-maps: expected --teacher FILE with it");
    }
    if (teacher == null && temperature != null) {
      throw new InvalidInputException("--temperature: expected --teacher FILE with it");
    }
    return teacher == null ? null : model.load(teacher);
  }

  /**
   * Learning from the teacher.
   *
   * @throws InvalidInputException if it is none for {@code student}
   */
  public Objective distillation(
      ModelOptions model,
      TrainingOptions options,
      LoadedModel full,
      LoadedModel student,
      NetworkCard card,
      TrainingData data,
      double dice) {
    NetworkCard fullCard = model.card(full, options.images().legend());
    if (!readsAs(fullCard, card)) {
      throw new InvalidInputException(
          "%s: cannot teach %s: the two read images differently (colour, scale, mean or std of their cards)"
              .formatted(full.file(), student.file()));
    }
    CategoryMapping mapping =
        CategoryMapping.fromMetadata(student.source().metadata(), student.file().toString())
            .orElseGet(() -> CategoryMapping.identity(card.categories()));
    Objective distillation =
        new Distillation(
            Trainee.of(full.anatomy(), full.input(), fullCard, List.of()),
            mapping,
            new DistillationSettings(
                dice,
                temperature == null ? DistillationSettings.DECIDED : temperature,
                shared(full, student)),
            options.device());
    return data.validationIsLabelled() ? new JudgedByLabels(distillation) : distillation;
  }

  /** The feature maps that both have, and which of the teacher's channels the plan kept. */
  private SharedFeatureMaps shared(LoadedModel full, LoadedModel student) {
    if (featureMaps == 0) {
      return SharedFeatureMaps.NONE;
    }
    String file = student.file().toString();
    String plan = student.source().metadata().get(Plan.METADATA_KEY);
    if (plan == null) {
      throw new InvalidInputException(
          file + ": --feature-maps: expected a sub-network with its plan, as extract writes it");
    }
    Selection kept = Plan.fromJson(plan, file).selection(full.anatomy(), file);
    Map<String, List<Integer>> channels = new LinkedHashMap<>();
    for (FeatureMap map : FeatureMaps.of(full.anatomy(), Logits.of(full.anatomy()))) {
      Optional<Channels> known = full.anatomy().groups().channels(map.name());
      if (map.axis() == 1
          && known.isPresent()
          && student.anatomy().network().producer(map.name()).isPresent()) {
        channels.put(map.name(), Arrays.stream(kept.kept(known.get())).boxed().toList());
      }
    }
    if (channels.isEmpty()) {
      throw new InvalidInputException(
          "%s: --feature-maps: has no feature map of %s under its name; leave it out"
              .formatted(file, full.file()));
    }
    return new SharedFeatureMaps(channels, featureMaps);
  }

  private static boolean readsAs(NetworkCard a, NetworkCard b) {
    return a.color() == b.color()
        && a.scale() == b.scale()
        && a.mean().equals(b.mean())
        && a.std().equals(b.std());
  }
}
