package io.disassembler.explorer.work;

import io.disassembler.base.InvalidInputException;
import io.disassembler.selection.Budget;
import java.util.List;

/**
 * What a sub-network is asked to be.
 *
 * @param categories numbers of the chosen categories, ascending
 * @param measure what the budget counts
 * @param percent of the full network's that may stay, 1 to 100
 */
public record CutRequest(List<Integer> categories, Budget.Measure measure, int percent) {

  /**
   * @throws InvalidInputException if no category is chosen or the percentage is none
   */
  public CutRequest {
    categories = categories.stream().distinct().sorted().toList();
    if (categories.isEmpty()) {
      throw new InvalidInputException("choose at least one category");
    }
    if (percent < 1 || percent > 100) {
      throw new InvalidInputException(
          "percent: expected 1 to 100 of the full network, found " + percent);
    }
  }

  Budget budget() {
    return new Budget(measure, percent / 100.0);
  }
}
