package io.disassembler;

import io.disassembler.attribution.ProfilingSettings;
import io.disassembler.engine.EngineSettings;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.Goal;

/** What happens where nothing else is asked for. */
public final class Defaults {
  /** Probability from which a prediction is confident; the paper's value is not public. */
  public static final double THRESHOLD = ProfilingSettings.DEFAULT_THRESHOLD;

  /** Images in one pass through a network that leaves that open. */
  public static final int BATCH = 1;

  /** Images that are profiled at most where a sub-network is made without a profile. */
  public static final int PROFILED_ON_THE_FLY = 100;

  /** Images that closed-loop recovery follows through both networks at most. */
  public static final int CALIBRATION_IMAGES = 48;

  /**
   * Images that closed-loop recovery needs at least, for some to decide and others to learn from.
   */
  public static final int LEAST_CALIBRATION_IMAGES = 8;

  /** What ranks channels. */
  public static final Criterion CRITERION = Criterion.RECONSTRUCTION;

  /** How much is kept: half of the MACs. */
  public static final Goal GOAL = new Budget(Budget.Measure.MACS, 0.5);

  /** Where libtorch computes. */
  public static final String DEVICE = "cpu";

  private Defaults() {}

  /** Threads to compute with: one for each core. */
  public static int threads() {
    return EngineSettings.DEFAULT.threads();
  }
}
