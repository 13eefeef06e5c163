package io.disassembler.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.channel.Anatomy;
import io.disassembler.check.TrialRun;
import io.disassembler.cut.Cutter;
import io.disassembler.extraction.Profiles;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.Recovery;
import io.disassembler.recovery.RecoveryMethod;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is predicted to be lost with channels, on a network whose layers are grouped. */
class HarmTest {
  private static final List<Integer> CHOSEN = List.of(1);
  private static final Anatomy ANATOMY = GroupedNetwork.anatomy();
  private static final Profile PROFILE = Profiles.random(ANATOMY, 12, 1);
  private static final List<Weight> IMAGES =
      IntStream.range(0, 8).mapToObj(i -> GroupedNetwork.image(100 + i)).toList();

  private static Evidence evidence(Profile profile, boolean images) {
    return images
        ? new Evidence(profile, IMAGES.stream().map(image -> Map.of("image", image)).toList())
        : Evidence.of(profile);
  }

  private static ErrorWeights weights(Anatomy anatomy, Evidence evidence) {
    return evidence.images().isEmpty()
        ? new RelevanceWeights(anatomy, Criterion.BACKWARD.score(anatomy, evidence, CHOSEN))
        : DecisionWeights.of(anatomy, evidence, CHOSEN);
  }

  private static Elimination elimination(Anatomy anatomy, Evidence evidence) {
    HarmPreparation preparation =
        new HarmPreparation(anatomy, evidence.profile(), weights(anatomy, evidence));
    return new Elimination(anatomy, preparation.all(), preparation.unused());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void channelsThatOnlyGroupedLayersReadAreMissed(boolean images) {
    Elimination elimination = elimination(ANATOMY, evidence(PROFILE, images));
    for (int block = 0; block < GroupedNetwork.BLOCKS; block++) {
      int group = GroupedNetwork.groups(ANATOMY, block)[0];
      int family = ANATOMY.groups().groups().get(group).family();
      assertThat(elimination.order(family))
          .as("block %d", block)
          .hasSize(GroupedNetwork.WIDTH / GroupedNetwork.GROUPS - 1)
          .allSatisfy(each -> assertThat(elimination.harm(each)).isPositive().isLessThan(1e6));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deadChannelsGoFirstAndCostNothing(boolean images) {
    int[] groups = GroupedNetwork.groups(ANATOMY, 2);
    int dead = groups[3];
    Network network = ANATOMY.network();
    Weight bias = network.weight("y2.b").orElseThrow();
    float[] biases = bias.floats().clone();
    for (int k = 0; k < groups.length; k++) {
      biases[k] = groups[k] == dead ? -1e4f : biases[k];
    }
    Weight silent = Weight.ofFloats(bias.name(), bias.shape(), biases);
    Anatomy anatomy = ANATOMY.withNetwork(network.toBuilder().weight(silent).build());
    Elimination elimination =
        elimination(anatomy, evidence(Profiles.random(anatomy, 12, 1), images));
    int family = anatomy.groups().groups().get(dead).family();
    assertThat(elimination.order(family)).startsWith(dead);
    assertThat(elimination.harm(dead)).isZero();
  }

  @Test
  void whatNothingJudgesGoesLastAndWhatNothingNeedsIsFree() {
    BitSet unused = new BitSet();
    int needless = GroupedNetwork.groups(ANATOMY, 1)[0];
    unused.set(needless);
    Elimination elimination = new Elimination(ANATOMY, List.of(), unused);
    assertThat(elimination.harm(needless)).isZero();
    assertThat(elimination.harm(GroupedNetwork.groups(ANATOMY, 0)[0]))
        .isEqualTo(Double.POSITIVE_INFINITY);
    Budget quarter = new Budget(Budget.Measure.MACS, 0.25);
    Selection selection = new HarmAllocation(ANATOMY, elimination, 2, new BitSet()).select(quarter);
    assertThat(quarter.allows(Costing.of(ANATOMY, selection), Costing.of(ANATOMY))).isTrue();
  }

  @Test
  void everythingInANetworkWithOneOutputIsNeeded() {
    ErrorWeights weights = weights(ANATOMY, evidence(PROFILE, false));
    assertThat(new HarmPreparation(ANATOMY, PROFILE, weights).unused().isEmpty()).isTrue();
  }

  @Test
  void theSameImagesAndSeedWeighTheSame() {
    Evidence evidence = evidence(PROFILE, true);
    ErrorWeights weights = weights(ANATOMY, evidence);
    ErrorWeights again = weights(ANATOMY, evidence);
    for (int step = 0; step < ANATOMY.steps(); step++) {
      if (ANATOMY.kernels(step).isPresent()) {
        assertThat(weights.of(step).orElseThrow())
            .containsExactly(again.of(step).orElseThrow())
            .isNotEqualTo(new double[weights.of(step).orElseThrow().length]);
      }
    }
  }

  @Test
  void onlyReconstructionLooksAtImages() {
    for (Criterion criterion : Criterion.values()) {
      if (criterion != Criterion.BN_SCALE) {
        double[] with = criterion.score(ANATOMY, evidence(PROFILE, true), CHOSEN);
        double[] without = criterion.score(ANATOMY, PROFILE, CHOSEN);
        assertThat(Arrays.equals(with, without))
            .as(criterion.id())
            .isEqualTo(criterion != Criterion.RECONSTRUCTION);
      }
    }
  }

  /** What the loss of one group is said to save is what it saves. */
  @Test
  void savingsCountGroupedReaders() {
    Selection all = Selection.all(ANATOMY.groups());
    for (Budget.Measure measure : Budget.Measure.values()) {
      double[] savings = Savings.of(ANATOMY, all, measure);
      int group = GroupedNetwork.groups(ANATOMY, 0)[0];
      BitSet kept = all.kept();
      kept.clear(group);
      long saved =
          measure.of(Costing.of(ANATOMY))
              - measure.of(Costing.of(ANATOMY, Selection.of(ANATOMY.groups(), kept)));
      // Biases are no kernels.
      assertThat(savings[group]).isCloseTo((double) saved, within((double) GroupedNetwork.GROUPS));
    }
  }

  @Test
  void blocksAreCountedInChannels() {
    FamilyBlocks blocks = new FamilyBlocks(ANATOMY.groups());
    int group = GroupedNetwork.groups(ANATOMY, 0)[0];
    int family = ANATOMY.groups().groups().get(group).family();
    assertThat(blocks.size(family)).isEqualTo(8);
    assertThat(blocks.unit(family) * GroupedNetwork.GROUPS).isEqualTo(8);
  }

  /** Families cut alone, by a third each: are those that change the decision most known before? */
  @Test
  void predictedHarmRanksFamiliesAsTheDecisionDoes() {
    double weighed = rankCorrelation(elimination(ANATOMY, evidence(PROFILE, true)));
    double relative = rankCorrelation(elimination(ANATOMY, evidence(PROFILE, false)));
    assertThat(weighed).isGreaterThan(0.8).isGreaterThan(relative + 0.2);
  }

  private static double rankCorrelation(Elimination elimination) {
    int families = ANATOMY.groups().families();
    double[] predicted = new double[families];
    double[] measured = new double[families];
    for (int family = 0; family < families; family++) {
      List<Integer> order = elimination.order(family);
      List<Integer> third = order.subList(0, (order.size() + 1) / 3);
      predicted[family] = third.stream().mapToDouble(elimination::harm).sum();
      measured[family] = divergence(third);
    }
    return rankCorrelation(predicted, measured);
  }

  /** Kullback-Leibler divergence of the decision once some groups are cut, over all images. */
  private static double divergence(List<Integer> groups) {
    BitSet kept = Selection.all(ANATOMY.groups()).kept();
    groups.forEach(kept::clear);
    Selection selection = Selection.of(ANATOMY.groups(), kept);
    Network cut =
        Cutter.cut(Recovery.recover(ANATOMY, selection, PROFILE, RecoveryMethod.RIDGE), selection);
    double sum = 0;
    for (Weight image : IMAGES) {
      double[] full = margins(TrialRun.run(ANATOMY.network(), image, 1));
      double[] less = margins(TrialRun.run(cut, image, 1));
      for (int pixel = 0; pixel < full.length; pixel++) {
        double p = Math.exp(logSigmoid(full[pixel]));
        sum += p * (logSigmoid(full[pixel]) - logSigmoid(less[pixel]));
        sum += (1 - p) * (logSigmoid(-full[pixel]) - logSigmoid(-less[pixel]));
      }
    }
    return sum;
  }

  private static double logSigmoid(double margin) {
    return Math.min(margin, 0) - Math.log1p(Math.exp(-Math.abs(margin)));
  }

  /** By how much the chosen category's logit is above the highest of the others, at each pixel. */
  private static double[] margins(float[] logits) {
    int pixels = logits.length / 4;
    double[] margins = new double[pixels];
    for (int pixel = 0; pixel < pixels; pixel++) {
      double other =
          Math.max(logits[pixel], Math.max(logits[2 * pixels + pixel], logits[3 * pixels + pixel]));
      margins[pixel] = logits[CHOSEN.get(0) * pixels + pixel] - other;
    }
    return margins;
  }

  private static double rankCorrelation(double[] a, double[] b) {
    double squares =
        IntStream.range(0, a.length).mapToDouble(i -> Math.pow(rank(a, i) - rank(b, i), 2)).sum();
    return 1 - 6 * squares / (a.length * (a.length * (double) a.length - 1));
  }

  private static double rank(double[] values, int index) {
    return Arrays.stream(values).filter(value -> value < values[index]).count();
  }
}
