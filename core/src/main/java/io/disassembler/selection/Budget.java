package io.disassembler.selection;

import io.disassembler.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.profile.Profile;
import java.util.List;

/**
 * How much of the full network's cost a sub-network may have.
 *
 * @param measure what is counted
 * @param fraction share of the full network's count, in (0, 1]
 */
public record Budget(Measure measure, double fraction) implements Goal {

  /** What a budget counts. */
  public enum Measure {
    MACS("--keep-macs") {
      @Override
      long of(Cost cost) {
        return cost.macs();
      }
    },
    PARAMETERS("--keep-parameters") {
      @Override
      long of(Cost cost) {
        return cost.parameters();
      }
    };

    private final String option;

    Measure(String option) {
      this.option = option;
    }

    abstract long of(Cost cost);
  }

  /**
   * @throws InvalidInputException if the fraction is not in (0, 1]
   */
  public Budget {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new InvalidInputException(
          "%s %s: expected a fraction of the full network above 0 and up to 1, such as 0.5"
              .formatted(measure.option, fraction));
    }
  }

  /** True if {@code cost} is within the budget, given what the full network costs. */
  boolean allows(Cost cost, Cost full) {
    return measure.of(cost) <= fraction * measure.of(full);
  }

  @Override
  public Selection select(
      Anatomy anatomy, Profile profile, List<Integer> categories, double[] scores) {
    return new UniformAllocation(anatomy, scores).select(this);
  }

  @Override
  public String text() {
    return measure.option + " " + fraction;
  }
}
