package io.disassembler;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.extraction.Extraction;
import io.disassembler.extraction.FastActivations;
import io.disassembler.extraction.Tuner;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.Calibration;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.search.BudgetSearch;
import io.disassembler.search.LatencyCeiling;
import io.disassembler.search.LatencyShare;
import io.disassembler.search.Requirement;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Goal;
import io.disassembler.selection.ScoringRule;
import io.disassembler.selection.Thresholds;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a sub-network for some categories: a builder. Needs a profile ({@link #from}), or images
 * to make one of on the fly ({@link #profiling}); what else is not said is as in {@link Defaults}.
 */
public final class ExtractRequest {
  private static final LatencySettings LATENCY = new LatencySettings(3, 15, Duration.ofSeconds(1));

  private final SegmentationNetwork network;
  private final List<Integer> categories;
  private @Nullable Profile profile;
  private @Nullable ProfileRequest profiling;
  private ScoringRule criterion = Defaults.CRITERION;
  private @Nullable Goal goal;
  private @Nullable RecoveryMethod recovery;
  private @Nullable CalibrationSet calibration;
  private @Nullable Tuner tuner;
  private @Nullable Double resolution;
  private @Nullable Double minRetention;
  private @Nullable HeldOut heldOut;
  private @Nullable Double maxLatency;
  private @Nullable Double keptLatency;
  private StateCheckpoint checkpoint = StateCheckpoint.none();

  ExtractRequest(SegmentationNetwork network, List<Integer> categories) {
    this.network = network;
    this.categories = List.copyOf(categories);
  }

  /** With what images showed of the network. */
  public ExtractRequest from(Profile learned) {
    profile = learned;
    return this;
  }

  /** With a profile that is made first, of the chosen categories alone. */
  public ExtractRequest profiling(ProfileRequest request) {
    profiling = request;
    return this;
  }

  /** With another rule that ranks channels. */
  public ExtractRequest by(ScoringRule rule) {
    criterion = rule;
    return this;
  }

  /**
   * Keeping at most this share of the full network's multiply-accumulates.
   *
   * @param share above 0 and up to 1
   */
  public ExtractRequest keepMacs(double share) {
    return keep(new Budget(Budget.Measure.MACS, share));
  }

  /**
   * Keeping at most this share of the full network's parameters.
   *
   * @param share above 0 and up to 1
   */
  public ExtractRequest keepParameters(double share) {
    return keep(new Budget(Budget.Measure.PARAMETERS, share));
  }

  /**
   * Keeping the kernels whose attributions reach thresholds, as in the paper.
   *
   * @param alpha least forward attribution, as a share of its layer's largest, in [0, 1]
   * @param beta least backward attribution, in [0, 1]
   */
  public ExtractRequest keepAbove(double alpha, double beta) {
    return keep(new Thresholds(alpha, beta));
  }

  /** Keeping what meets a goal. */
  public ExtractRequest keep(Goal other) {
    goal = other;
    return this;
  }

  /** Making up for what is lost in this way. */
  public ExtractRequest recovery(RecoveryMethod method) {
    recovery = method;
    return this;
  }

  /** Following some of these images through both networks, to make up for what is lost. */
  public ExtractRequest recoverWith(ImageSet images) {
    return recoverWith(images, Defaults.CALIBRATION_IMAGES);
  }

  /**
   * The same with another number of images.
   *
   * @param count how many at most; at least {@link Defaults#LEAST_CALIBRATION_IMAGES}
   */
  public ExtractRequest recoverWith(ImageSet images, int count) {
    return recoverWith(new CalibrationSet(images, count));
  }

  /** The same, put together before. */
  public ExtractRequest recoverWith(CalibrationSet images) {
    calibration = images;
    return this;
  }

  /**
   * Making up for what is lost in closed loop, for which there must be images to follow, and then
   * by training steps towards the full network's decisions.
   */
  public ExtractRequest tunedBy(Tuner other) {
    tuner = other;
    return recovery(RecoveryMethod.TUNED);
  }

  /**
   * Working on reduced images: it takes the same images and makes maps of the same size, with
   * interpolation in between. Without this, where recovery follows images, it works at the
   * resolution at which least is lost.
   *
   * @param share of each side of the images, in (0, 1]; 1 for all of it
   */
  public ExtractRequest resolution(double share) {
    resolution = share;
    return this;
  }

  /**
   * Looking for the smallest network whose every category keeps a share of its IoU, with 90 %
   * confidence; cuts and measures about eight.
   *
   * @param share in (0, 1]
   * @param images to measure it on; those that were profiled are left out. Without masks, IoU is
   *     agreement with the full network
   */
  public ExtractRequest minRetention(double share, ImageSet images) {
    minRetention = share;
    heldOut = new HeldOut(images);
    return this;
  }

  /**
   * Looking for the largest network that takes at most so long for one image, on this machine, in
   * ONNX Runtime; with {@link #minRetention}, refusing one that takes longer.
   *
   * @param milliseconds above 0
   */
  public ExtractRequest maxLatency(double milliseconds) {
    maxLatency = milliseconds;
    return this;
  }

  /**
   * Looking for the largest network that takes at most a share of the full network's time for one
   * image, as {@link #maxLatency} does.
   *
   * @param share in (0, 1]
   */
  public ExtractRequest keepLatency(double share) {
    keptLatency = share;
    return this;
  }

  /** Saving what takes long on the way. The checkpoint stays; remove it in the end. */
  public ExtractRequest savingTo(StateCheckpoint other) {
    checkpoint = other;
    return this;
  }

  /**
   * Cuts the sub-network, and proves the cut.
   *
   * @throws InvalidInputException if nothing meets what is asked for, or something needed is
   *     missing
   * @throws IllegalStateException if the proof fails
   */
  public SubNetwork run() {
    boolean searched = minRetention != null || maxLatency != null || keptLatency != null;
    if (maxLatency != null && keptLatency != null) {
      throw new InvalidInputException(
          "latency: expected a time or a share of the full network's, found both",
          Setting.LATENCY_CEILING,
          Setting.LATENCY_SHARE);
    }
    if (searched && goal != null) {
      throw new InvalidInputException(
          "least retention and latency decide how much is kept; expected no goal beside them, found "
              + goal.text());
    }
    if (searched && method() == RecoveryMethod.TUNED) {
      throw new InvalidInputException(
          "tuned recovery trains one network, and looking for one that measures up cuts about eight; look for it with closed-loop recovery first, then ask for the share of the MACs that was found",
          Setting.RECOVERY);
    }
    Extraction extraction =
        network.extraction(profile()).savingTo(checkpoint).tellingTo(network.progress()::progress);
    Extraction.Recipe recipe =
        new Extraction.Recipe(
            criterion,
            goal == null ? Defaults.GOAL : goal,
            method(),
            followed(),
            tuner,
            resolution);
    if (!searched) {
      return SubNetwork.prove(network, extraction.extract(categories, recipe), List.of());
    }
    BudgetSearch.Found found = search(extraction, recipe);
    return SubNetwork.prove(network, found.network(), found.tried());
  }

  private RecoveryMethod method() {
    if (recovery != null) {
      return recovery;
    }
    return calibration == null ? RecoveryMethod.RIDGE : RecoveryMethod.CLOSED_LOOP;
  }

  private @Nullable Calibration followed() {
    return method().followsImages() && calibration != null
        ? calibration.showing(network, profile(), categories).load(network)
        : null;
  }

  private Profile profile() {
    if (profile == null && profiling == null) {
      throw new InvalidInputException(
          network.file() + ": expected a profile, or images to make one of");
    }
    if (profile == null) {
      profile = Objects.requireNonNull(profiling).only(categories).showing(categories).run();
    }
    return profile;
  }

  private BudgetSearch.Found search(Extraction extraction, Extraction.Recipe recipe) {
    SizeSearch sizes = new SizeSearch(network, extraction, categories, recipe);
    Requirement latency = latency();
    return minRetention == null
        ? sizes.fast(Objects.requireNonNull(latency))
        : sizes.good(minRetention, Objects.requireNonNull(heldOut), latency);
  }

  private @Nullable Requirement latency() {
    if (keptLatency != null) {
      return new LatencyShare(
          keptLatency,
          FastActivations.of(network.anatomy().network()),
          network.input(),
          network.threads(),
          LATENCY);
    }
    return maxLatency == null
        ? null
        : new LatencyCeiling(maxLatency, network.input(), network.threads(), LATENCY);
  }
}
