package io.disassembler.training;

import io.disassembler.SegmentationNetwork;
import io.disassembler.attribution.FeatureMaps;
import io.disassembler.attribution.Logits;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.channel.Channels;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.DecisionRule;
import io.disassembler.data.NetworkCard;
import io.disassembler.extraction.Plan;
import io.disassembler.profile.FeatureMap;
import io.disassembler.selection.Selection;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A network that others learn from: the one that they were cut from, or one of their categories.
 *
 * @param full the teacher
 */
public record TeacherNetwork(SegmentationNetwork full) {

  /**
   * What {@code student} is to learn.
   *
   * @param dice share of Dice loss beside cross-entropy, in [0, 1]
   * @param temperature what the teacher's logits are divided by; {@link
   *     DistillationSettings#DECIDED} for its decisions
   * @param featureMaps how much feature maps count beside the outputs, at least 0; only where the
   *     student carries the plan that it was cut by
   * @param device where to compute, as libtorch spells it
   * @throws InvalidInputException if the two read images differently, or feature maps are to count
   *     and they share none
   */
  public Objective distillation(
      SegmentationNetwork student,
      double dice,
      double temperature,
      double featureMaps,
      String device) {
    if (!readsAs(full.card(), student.card())) {
      throw new InvalidInputException(
          "%s: cannot teach %s: the two read images differently (colour, scale, mean or std of their cards)"
              .formatted(full.file(), student.file()));
    }
    CategoryMapping mapping =
        CategoryMapping.fromMetadata(student.network().metadata(), student.file().toString())
            .orElseGet(
                () ->
                    student
                        .card()
                        .mapping(IntStream.range(0, student.categories().size()).boxed().toList()));
    if (student.card().independent() != (mapping.independent() && mapping.names().size() > 1)) {
      throw new InvalidInputException(
          "%s: expected 'decision: %s' in its network card, as it was cut; leave the decision out"
              .formatted(
                  student.file(),
                  (mapping.independent() ? DecisionRule.INDEPENDENT : DecisionRule.EXCLUSIVE)
                      .word()),
          Setting.CARD);
    }
    SharedFeatureMaps shared =
        featureMaps == 0 ? SharedFeatureMaps.NONE : shared(student, featureMaps);
    return new Distillation(
        Trainee.of(full.anatomy(), full.input(), full.card(), List.of()),
        mapping,
        new DistillationSettings(dice, temperature, shared),
        device);
  }

  /** The feature maps that both have, and which of the teacher's channels the plan kept. */
  private SharedFeatureMaps shared(SegmentationNetwork student, double share) {
    String file = student.file().toString();
    String plan = student.network().metadata().get(Plan.METADATA_KEY);
    if (plan == null) {
      throw new InvalidInputException(
          file
              + ": feature maps can count only for a sub-network that carries its plan, as extraction writes it");
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
          "%s: has no feature map of %s under its name; leave feature maps out"
              .formatted(file, full.file()));
    }
    return new SharedFeatureMaps(channels, share);
  }

  private static boolean readsAs(NetworkCard a, NetworkCard b) {
    return a.color() == b.color()
        && a.scale() == b.scale()
        && a.mean().equals(b.mean())
        && a.std().equals(b.std());
  }
}
