package io.disassembler.comparison;

import io.disassembler.InvalidInputException;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import java.util.ArrayList;
import java.util.List;

/**
 * What is compared: every criterion with every recovery at every budget for every category set from
 * every profile, and the controls for every set.
 *
 * @param profiles names of the profiles
 * @param keepMacs shares of the full network's MACs, in (0, 1]
 */
public record Grid(
    List<String> profiles,
    List<CategorySet> sets,
    List<Criterion> criteria,
    List<RecoveryMethod> recoveries,
    List<Double> keepMacs) {

  /**
   * @throws InvalidInputException if a list is empty, names something twice, or a share is none
   */
  public Grid {
    profiles = distinct("names of profiles", profiles);
    sets = distinct("category sets", sets);
    criteria = distinct("criteria", criteria);
    recoveries = distinct("recoveries", recoveries);
    keepMacs = distinct("budgets", keepMacs);
    keepMacs.forEach(share -> new Budget(Budget.Measure.MACS, share));
  }

  private static <T> List<T> distinct(String what, List<T> given) {
    if (given.isEmpty() || given.stream().distinct().count() < given.size()) {
      throw new InvalidInputException(
          "%s: expected one or more different ones, found %s".formatted(what, given));
    }
    return List.copyOf(given);
  }

  /** Every approach, the controls first. */
  public List<Approach> approaches() {
    List<Approach> approaches = new ArrayList<>(List.of(Approach.UNTOUCHED, Approach.HEAD_ONLY));
    for (double share : keepMacs) {
      for (RecoveryMethod recovery : recoveries) {
        for (Criterion criterion : criteria) {
          for (String profile : profiles) {
            approaches.add(new Approach(profile, criterion.id(), recovery.id(), share));
          }
        }
      }
    }
    return approaches;
  }
}
