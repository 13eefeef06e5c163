package io.disassembler.comparison;

import io.disassembler.extraction.Extraction;
import io.disassembler.recovery.Calibration;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sub-networks that are compared, before training; what the latest one took is reused.
 */
final class SubNetworks {
  private final Map<String, Extraction> extractions;
  private final @Nullable Calibration calibration;
  private @Nullable Approach latestBy;
  private @Nullable CategorySet latestFor;
  private Extraction.@Nullable SubNetwork latest;

  /**
   * @param extractions of one model, by the name of the profile that each uses
   * @param calibration what recovery in closed loop follows; null if it is not compared
   */
  SubNetworks(Map<String, Extraction> extractions, @Nullable Calibration calibration) {
    this.extractions = Collections.unmodifiableMap(new LinkedHashMap<>(extractions));
    this.calibration = calibration;
  }

  /** The controls learn from no profile, so that any will do. */
  Extraction extraction(Approach approach) {
    return approach.control()
        ? extractions.values().iterator().next()
        : Objects.requireNonNull(extractions.get(approach.profile()), approach.profile());
  }

  /** The sub-network for {@code set} without finetuning. */
  Extraction.SubNetwork of(Approach approach, CategorySet set) {
    Approach cut = approach.finetuned(Approach.NOT_FINETUNED);
    Extraction.SubNetwork like = cut.equals(latestBy) ? latest : null;
    if (like != null && set.equals(latestFor)) {
      return like;
    }
    RecoveryMethod recovery = RecoveryMethod.of(cut.recovery());
    Extraction.Recipe recipe =
        new Extraction.Recipe(
            cut.control() ? Criterion.L1 : Criterion.of(cut.criterion()),
            new Budget(Budget.Measure.MACS, cut.keepMacs()),
            recovery,
            recovery.followsImages() ? calibration : null);
    Extraction.SubNetwork network = extraction(cut).extract(set.categories(), recipe, like);
    latest = network;
    latestBy = cut;
    latestFor = set;
    return network;
  }
}
