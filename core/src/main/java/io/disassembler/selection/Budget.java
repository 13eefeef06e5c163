package io.disassembler.selection;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Stable;
import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Cost;
import io.disassembler.profile.Profile;
import java.util.List;

/**
 * How much of the full network's cost a sub-network may have.
 *
 * @param measure what is counted
 * @param fraction share of the full network's count, in (0, 1]
 */
@Stable
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
      Anatomy anatomy, Profile profile, List<Integer> categories, Criterion criterion) {
    return criterion.rank(anatomy, profile, categories).select(this);
  }

  @Override
  public String text() {
    return measure.option + " " + fraction;
  }

  /** The complaint that even {@code least}, the cost of the smallest network, is too much. */
  InvalidInputException cannotBeMet(Anatomy anatomy, Cost least, Cost full) {
    return new InvalidInputException(
        "%s: %s cannot be met; the smallest possible network has %.1f %% of the MACs and %.1f %% of the parameters"
            .formatted(
                anatomy.network().name(),
                text(),
                100.0 * least.macs() / Math.max(1, full.macs()),
                100.0 * least.parameters() / Math.max(1, full.parameters())));
  }
}
