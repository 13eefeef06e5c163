package io.disassembler.selection;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.disassembler.base.Stable;
import io.disassembler.channel.Anatomy;
import io.disassembler.profile.Profile;
import java.util.List;

/**
 * What a user asks a selection to be. Plans hold it as data (docs/plan.md): the components of the
 * record, by which it is known again.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(Budget.class), @JsonSubTypes.Type(Thresholds.class)})
@Stable
public sealed interface Goal permits Budget, Thresholds {

  /**
   * The selection that meets the goal.
   *
   * @param categories indices of the chosen categories
   * @param criterion what ranks channel groups
   * @throws io.disassembler.base.UnattainableException if no selection does
   */
  Selection select(
      Anatomy anatomy, Evidence evidence, List<Integer> categories, ScoringRule criterion);

  /** The same from a profile alone. */
  default Selection select(
      Anatomy anatomy, Profile profile, List<Integer> categories, ScoringRule criterion) {
    return select(anatomy, Evidence.of(profile), categories, criterion);
  }

  /** The goal in words, such as {@code 50 % of the MACs}. */
  String text();
}
