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

/** A rule that scores channel groups: the higher, the rather a group is kept. */
@Stable
public enum Criterion {
  /** Forward channel-wise activation attribution (Hu et al., IJCV 2023). */
  FORWARD(
      (anatomy, profile, categories) ->
          AttributionScores.of(anatomy.groups(), profile, categories, CategoryProfile::forward)),
  /** Backward gradient attribution (Hu et al., IJCV 2023). */
  BACKWARD(
      (anatomy, profile, categories) ->
          AttributionScores.of(anatomy.groups(), profile, categories, CategoryProfile::backward)),
  /** Forward times backward: high only where both agree (after Hu et al., IJCV 2023). */
  COOPERATION(
      (anatomy, profile, categories) ->
          AttributionScores.of(
              anatomy.groups(), profile, categories, AttributionScores::cooperation)),
  /** |activation x gradient| (Molchanov et al., ICLR 2017; CVPR 2019). */
  TAYLOR(
      (anatomy, profile, categories) ->
          AttributionScores.of(anatomy.groups(), profile, categories, CategoryProfile::taylor)),
  /** Sum of a kernel's absolute weights (Li et al., ICLR 2017); blind to categories. */
  L1((anatomy, profile, categories) -> KernelNorms.l1(anatomy)),
  /** Sum of a kernel's squared weights (as in He et al., IJCAI 2018); blind to categories. */
  L2((anatomy, profile, categories) -> KernelNorms.l2(anatomy)),
  /** Distance from the layer's other kernels (FPGM, He et al., CVPR 2019); blind to categories. */
  FPGM((anatomy, profile, categories) -> KernelNorms.distances(anatomy)),
  /** |gamma| of the channel's BatchNormalization (Liu et al., ICCV 2017); blind to categories. */
  BN_SCALE((anatomy, profile, categories) -> NormalizationScales.of(anatomy)),
  /** Mean activation over all pixels (as in Molchanov et al., ICLR 2017); blind to categories. */
  ACTIVATION((anatomy, profile, categories) -> ActivationScores.mean(anatomy, profile)),
  /** One minus the average percentage of zeros (Hu et al., 2016); blind to categories. */
  APOZ((anatomy, profile, categories) -> ActivationScores.positive(anatomy, profile)),
  /**
   * Weights that read the channel times its activation's norm (after Wanda, Sun et al., ICLR 2024,
   * summed over a channel); blind to categories.
   */
  WANDA((anatomy, profile, categories) -> ActivationScores.weighted(anatomy, profile)),
  /**
   * What the other channels cannot make up for, weighed by how much the chosen categories rely on
   * the kernels that it reaches; with a budget, also decides how deeply each layer is cut.
   */
  RECONSTRUCTION(
      (anatomy, profile, categories) -> elimination(anatomy, profile, categories).rank()) {
    @Override
    public Ranking rank(Anatomy anatomy, Profile profile, List<Integer> categories) {
      Elimination elimination = elimination(anatomy, profile, categories);
      return budget -> new HarmAllocation(anatomy, elimination).select(budget);
    }
  },
  /** A seeded draw: what any criterion must beat. */
  RANDOM(
      (anatomy, profile, categories) ->
          new Random(profile.header().seed()).doubles(anatomy.groups().groups().size()).toArray());

  private interface Rule {
    double[] score(Anatomy anatomy, Profile profile, List<Integer> categories);
  }

  @SuppressWarnings("ImmutableEnumChecker") // rules capture nothing
  private final Rule rule;

  Criterion(Rule rule) {
    this.rule = rule;
  }

  /** The criterion's name, for users and in plans. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Scores of the groups, by id; comparable within a family.
   *
   * @param categories indices of the chosen categories
   */
  public double[] score(Anatomy anatomy, Profile profile, List<Integer> categories) {
    return rule.score(anatomy, profile, categories);
  }

  /**
   * Ranks the groups for selections within any budget.
   *
   * @param categories indices of the chosen categories
   */
  public Ranking rank(Anatomy anatomy, Profile profile, List<Integer> categories) {
    return new UniformAllocation(anatomy, score(anatomy, profile, categories))::select;
  }

  private static Elimination elimination(
      Anatomy anatomy, Profile profile, List<Integer> categories) {
    double[] relevance = BACKWARD.score(anatomy, profile, categories);
    return new Elimination(anatomy, new HarmPreparation(anatomy, profile, relevance).all());
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
