package io.disassembler.selection;

import io.disassembler.base.Stable;
import io.disassembler.channel.Anatomy;
import java.util.Arrays;
import java.util.List;

/**
 * Scores channel groups: the higher, the rather a group is kept. {@link Criterion} has those that
 * come with Disassembler, {@link GivenScores} takes them from a file; a rule of one's own
 * implements this. Immutable, for use by many threads.
 */
@Stable
public interface ScoringRule {

  /** What users and plans call the rule. */
  String id();

  /**
   * Scores of the groups, by id: finite, comparable within a family.
   *
   * @param categories indices of the chosen categories
   */
  double[] score(Anatomy anatomy, Evidence evidence, List<Integer> categories);

  /**
   * Ranks the groups for selections within any budget: about the same share of every family, the
   * best first.
   *
   * @param categories indices of the chosen categories
   * @throws IllegalArgumentException if there is not one finite score for each group
   */
  default Ranking rank(Anatomy anatomy, Evidence evidence, List<Integer> categories) {
    double[] scores = score(anatomy, evidence, categories);
    int groups = anatomy.groups().groups().size();
    if (scores.length != groups || !Arrays.stream(scores).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "rule %s: expected a finite score for each of %d channel groups".formatted(id(), groups));
    }
    return new UniformAllocation(anatomy, scores)::select;
  }
}
