package io.disassembler.selection;

import io.disassembler.base.Stable;
import io.disassembler.channel.Anatomy;
import io.disassembler.profile.Profile;
import java.util.List;

/** What a user asks a selection to be. */
@Stable
public sealed interface Goal permits Budget, Thresholds {

  /**
   * The selection that meets the goal.
   *
   * @param categories indices of the chosen categories
   * @param criterion what ranks channel groups
   * @throws io.disassembler.base.InvalidInputException if no selection does
   */
  Selection select(Anatomy anatomy, Profile profile, List<Integer> categories, Criterion criterion);

  /** The goal as it was asked for, such as {@code --keep-macs 0.5}. */
  String text();
}
