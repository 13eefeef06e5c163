package io.disassembler.selection;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Stable;
import io.disassembler.base.UnattainableException;
import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Cost;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * How much of the full network's cost a sub-network may have.
 *
 * @param measure what is counted
 * @param share of the full network's count, in (0, 1]
 */
@Stable
public record Budget(Measure measure, double share) implements Goal {

  /** What a budget counts. */
  public enum Measure {
    @JsonProperty("macs")
    MACS("MACs", Setting.MACS_BUDGET) {
      @Override
      long of(Cost cost) {
        return cost.macs();
      }
    },
    @JsonProperty("parameters")
    PARAMETERS("parameters", Setting.PARAMETERS_BUDGET) {
      @Override
      long of(Cost cost) {
        return cost.parameters();
      }
    };

    private final String text;
    private final Setting setting;

    Measure(String text, Setting setting) {
      this.text = text;
      this.setting = setting;
    }

    /** What is counted, in words. */
    public String text() {
      return text;
    }

    /** Where the budget is set. */
    public Setting setting() {
      return setting;
    }

    abstract long of(Cost cost);
  }

  /**
   * @throws InvalidInputException if the share is not in (0, 1]
   */
  public Budget {
    Objects.requireNonNull(measure, "its goal does not say what is measured");
    if (!(share > 0 && share <= 1)) {
      throw new InvalidInputException(
          "budget: expected a share of the %s above 0 and up to 1, such as 0.5, found %s"
              .formatted(measure.text, share),
          measure.setting);
    }
  }

  /**
   * The same count as a share of {@code other} instead of {@code full}; all of it at most.
   *
   * @param full what this is a share of
   */
  public Budget ofInstead(Cost full, Cost other) {
    return new Budget(measure, Math.min(1, share * measure.of(full) / measure.of(other)));
  }

  /** True if {@code cost} is within the budget, given what the full network costs. */
  boolean allows(Cost cost, Cost full) {
    return measure.of(cost) <= share * measure.of(full);
  }

  @Override
  public Selection select(
      Anatomy anatomy, Evidence evidence, List<Integer> categories, ScoringRule criterion) {
    return criterion.rank(anatomy, evidence, categories).select(this);
  }

  @Override
  public String text() {
    return "%s %% of the %s"
        .formatted(
            BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString(),
            measure.text);
  }

  /** The complaint that even {@code least}, the cost of the smallest network, is too much. */
  UnattainableException cannotBeMet(Anatomy anatomy, Cost least, Cost full) {
    return new UnattainableException(
        "%s: %s cannot be met; the smallest possible network has %.1f %% of the MACs and %.1f %% of the parameters"
            .formatted(
                anatomy.network().name(),
                text(),
                100.0 * least.macs() / Math.max(1, full.macs()),
                100.0 * least.parameters() / Math.max(1, full.parameters())),
        measure.setting);
  }
}
