package io.disassembler.selection;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Stable;
import io.disassembler.channel.Anatomy;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/** The rules that come with Disassembler. */
@Stable
public enum Criterion implements ScoringRule {
  /** Forward channel-wise activation attribution (Hu et al., IJCV 2023). */
  FORWARD(
      (anatomy, evidence, categories) ->
          AttributionScores.of(
              anatomy.groups(), evidence.profile(), categories, CategoryProfile::forward)),
  /** Backward gradient attribution (Hu et al., IJCV 2023). */
  BACKWARD(
      (anatomy, evidence, categories) ->
          AttributionScores.of(
              anatomy.groups(), evidence.profile(), categories, CategoryProfile::backward)),
  /** Forward times backward: high only where both agree (after Hu et al., IJCV 2023). */
  COOPERATION(
      (anatomy, evidence, categories) ->
          AttributionScores.of(
              anatomy.groups(), evidence.profile(), categories, AttributionScores::cooperation)),
  /** |activation x gradient| (Molchanov et al., ICLR 2017; CVPR 2019). */
  TAYLOR(
      (anatomy, evidence, categories) ->
          AttributionScores.of(
              anatomy.groups(), evidence.profile(), categories, CategoryProfile::taylor)),
  /** Sum of a kernel's absolute weights (Li et al., ICLR 2017); blind to categories. */
  L1((anatomy, evidence, categories) -> KernelNorms.l1(anatomy)),
  /** Sum of a kernel's squared weights (as in He et al., IJCAI 2018); blind to categories. */
  L2((anatomy, evidence, categories) -> KernelNorms.l2(anatomy)),
  /** Distance from the layer's other kernels (FPGM, He et al., CVPR 2019); blind to categories. */
  FPGM((anatomy, evidence, categories) -> KernelNorms.distances(anatomy)),
  /** |gamma| of the channel's BatchNormalization (Liu et al., ICCV 2017); blind to categories. */
  BN_SCALE((anatomy, evidence, categories) -> NormalizationScales.of(anatomy)),
  /** Mean activation over all pixels (as in Molchanov et al., ICLR 2017); blind to categories. */
  ACTIVATION((anatomy, evidence, categories) -> ActivationScores.mean(anatomy, evidence.profile())),
  /** One minus the average percentage of zeros (Hu et al., 2016); blind to categories. */
  APOZ((anatomy, evidence, categories) -> ActivationScores.positive(anatomy, evidence.profile())),
  /**
   * Weights that read the channel times its activation's norm (after Wanda, Sun et al., ICLR 2024,
   * summed over a channel); blind to categories.
   */
  WANDA((anatomy, evidence, categories) -> ActivationScores.weighted(anatomy, evidence.profile())),
  /**
   * What the other channels cannot make up for, weighed by how much the chosen categories rely on
   * the kernels that it reaches; with a budget, also decides how deeply each layer is cut.
   */
  RECONSTRUCTION(
      (anatomy, evidence, categories) ->
          HarmRanking.elimination(
                  anatomy, evidence.profile(), weights(anatomy, evidence, categories))
              .rank()) {
    @Override
    public Ranking rank(Anatomy anatomy, Evidence evidence, List<Integer> categories) {
      return HarmRanking.of(anatomy, evidence.profile(), weights(anatomy, evidence, categories));
    }
  },
  /** A seeded draw: what any criterion must beat. */
  RANDOM(
      (anatomy, evidence, categories) ->
          new Random(evidence.profile().header().seed())
              .doubles(anatomy.groups().groups().size())
              .toArray());

  private interface Rule {
    double[] score(Anatomy anatomy, Evidence evidence, List<Integer> categories);
  }

  @SuppressWarnings("ImmutableEnumChecker") // rules capture nothing
  private final Rule rule;

  Criterion(Rule rule) {
    this.rule = rule;
  }

  @Override
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public double[] score(Anatomy anatomy, Evidence evidence, List<Integer> categories) {
    return rule.score(anatomy, evidence, categories);
  }

  /** The same from a profile alone. */
  public double[] score(Anatomy anatomy, Profile profile, List<Integer> categories) {
    return score(anatomy, Evidence.of(profile), categories);
  }

  /** The same from a profile alone. */
  public final Ranking rank(Anatomy anatomy, Profile profile, List<Integer> categories) {
    return rank(anatomy, Evidence.of(profile), categories);
  }

  private static ErrorWeights weights(
      Anatomy anatomy, Evidence evidence, List<Integer> categories) {
    return evidence.images().isEmpty()
        ? new RelevanceWeights(anatomy, BACKWARD.score(anatomy, evidence, categories))
        : DecisionWeights.of(anatomy, evidence, categories);
  }

  /**
   * The criterion called {@code id}.
   *
   * @throws InvalidInputException if there is none
   */
  public static Criterion of(String id) {
    return Arrays.stream(values())
        .filter(criterion -> criterion.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "criterion '%s': expected one of %s"
                        .formatted(
                            id,
                            Arrays.stream(values())
                                .map(Criterion::id)
                                .collect(Collectors.joining(", "))),
                    Setting.CRITERION));
  }
}
