package io.disassembler.comparison;

import io.disassembler.base.InvalidInputException;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import java.util.ArrayList;
import java.util.List;

/**
 * What is compared: every criterion with every recovery at every budget for every category set from
 * every profile, before and after every finetuning, and the controls for every set.
 *
 * @param profiles names of the profiles
 * @param keepMacs shares of the full network's MACs, in (0, 1]
 * @param finetunings names of what sub-networks are finetuned by; may be empty
 */
public record Grid(
    List<String> profiles,
    List<CategorySet> sets,
    List<Criterion> criteria,
    List<RecoveryMethod> recoveries,
    List<Double> keepMacs,
    List<String> finetunings) {

  /** What is measured at once. */
  public record Cell(Approach approach, CategorySet set) {}

  /**
   * @throws InvalidInputException if a list is empty, names something twice, or a share is none
   */
  public Grid {
    profiles = distinct("names of profiles", profiles);
    sets = distinct("category sets", sets);
    criteria = distinct("criteria", criteria);
    recoveries = distinct("recoveries", recoveries);
    keepMacs = distinct("budgets", keepMacs);
    finetunings = List.copyOf(finetunings);
    keepMacs.forEach(share -> new Budget(Budget.Measure.MACS, share));
  }

  private static <T> List<T> distinct(String what, List<T> given) {
    if (given.isEmpty() || given.stream().distinct().count() < given.size()) {
      throw new InvalidInputException(
          "%s: expected one or more different ones, found %s".formatted(what, given));
    }
    return List.copyOf(given);
  }

  /**
   * Every cell, the controls first: set by set for each way to cut, what is finetuned right after
   * what it is made from.
   */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (Approach approach : cuts()) {
      for (CategorySet set : sets) {
        cells.add(new Cell(approach, set));
        if (!approach.control()) {
          finetunings.forEach(name -> cells.add(new Cell(approach.finetuned(name), set)));
        }
      }
    }
    return cells;
  }

  /** The controls and every approach without training. */
  private List<Approach> cuts() {
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
