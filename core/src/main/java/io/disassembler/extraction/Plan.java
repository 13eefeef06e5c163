package io.disassembler.extraction;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.disassembler.base.Build;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Sha256;
import io.disassembler.base.Stable;
import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Cost;
import io.disassembler.principal.PrincipalChannels;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Goal;
import io.disassembler.selection.Selection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a sub-network was made: enough to make it again, byte for byte, from the same model and the
 * same profile. As JSON (docs/plan.md) it also states its {@link #schema}.
 *
 * @param version of Disassembler
 * @param model SHA-256 of the full network's file
 * @param categories names of the chosen categories, in order
 * @param criterion what ranked the channel groups
 * @param goal what was asked for
 * @param recovery the recovery method
 * @param profile SHA-256 of the profile that recovery used; null if it used none
 * @param calibration SHA-256 of the images that it was calibrated on; null if there were none
 * @param seed the profile's seed
 * @param kept per layer (by its output's name) the kernels kept, as ranges: {@code 0-3,7}
 * @param selected SHA-256 of {@code kept} as it was selected, by which it is known whether someone
 *     edited it since; null if nobody selected it
 * @param edited true if a sub-network was made of it after it had been edited; null otherwise. The
 *     goal is then what it keeps of the MACs
 * @param principal true if {@code kept} counts channels along principal axes where there are such
 *     ({@link PrincipalChannels}); null if it counts the full network's kernels alone
 * @param resolution that it works at, as a share of each side of the full network's images; null
 *     for the full one
 * @param tuning the training steps that followed; null if there were none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder("schema")
@Stable
public record Plan(
    String version,
    String model,
    List<String> categories,
    String criterion,
    Goal goal,
    String recovery,
    @Nullable String profile,
    @Nullable String calibration,
    long seed,
    Map<String, String> kept,
    @Nullable String selected,
    @Nullable Boolean edited,
    @Nullable Boolean principal,
    @Nullable Double resolution,
    @Nullable Tuning tuning) {
  /** Key of the plan in a sub-network's metadata. */
  public static final String METADATA_KEY = "disassembler.plan";

  public Plan {
    require("version", version);
    require("model", model);
    require("criterion", criterion);
    require("goal", goal);
    require("recovery", recovery);
    categories = List.copyOf(all("categories", require("categories", categories)));
    all("kept", require("kept", kept).values());
    kept = java.util.Collections.unmodifiableMap(new TreeMap<>(kept));
  }

  /** A plan whose kernels were selected just now. */
  public Plan(
      String version,
      String model,
      List<String> categories,
      String criterion,
      Goal goal,
      String recovery,
      @Nullable String profile,
      @Nullable String calibration,
      long seed,
      Map<String, String> kept,
      @Nullable Boolean principal,
      @Nullable Double resolution,
      @Nullable Tuning tuning) {
    this(
        version,
        model,
        categories,
        criterion,
        goal,
        recovery,
        profile,
        calibration,
        seed,
        kept,
        hash(kept),
        null,
        principal,
        resolution,
        tuning);
  }

  private static String hash(Map<String, String> kept) {
    return Sha256.of(new TreeMap<>(kept).toString());
  }

  /** Whether the kernels that it keeps were edited by hand, now or before. */
  @JsonIgnore
  public boolean isEdited() {
    return Boolean.TRUE.equals(edited) || !hash(kept).equals(selected);
  }

  /** Whether channels along principal axes were selected. */
  @JsonIgnore
  public boolean isPrincipal() {
    return Boolean.TRUE.equals(principal);
  }

  /** The resolution that it works at, as a share of each side of the full network's images. */
  @JsonIgnore
  public double scale() {
    return resolution == null ? 1 : resolution;
  }

  /** How many layers of the full network are written as two. */
  @JsonIgnore
  public long pairs() {
    return isPrincipal() ? kept.keySet().stream().filter(PrincipalChannels::isBetween).count() : 0;
  }

  /** The same; if it was edited, with what it keeps in place of what was asked for. */
  Plan stating(Cost cost, Cost full) {
    return hash(kept).equals(selected)
        ? this
        : new Plan(
            Build.version(),
            model,
            categories,
            criterion,
            new Budget(Budget.Measure.MACS, (double) cost.macs() / full.macs()),
            recovery,
            profile,
            calibration,
            seed,
            kept,
            hash(kept),
            true,
            principal,
            resolution,
            tuning);
  }

  /** The same with training steps at its end. */
  Plan tuned(Tuning steps) {
    return new Plan(
        version,
        model,
        categories,
        criterion,
        goal,
        recovery,
        profile,
        calibration,
        seed,
        kept,
        selected,
        edited,
        principal,
        resolution,
        steps);
  }

  private static <T> T require(String field, @Nullable T value) {
    return Objects.requireNonNull(value, "it has no " + field);
  }

  private static <T extends Collection<String>> T all(String field, T values) {
    values.forEach(value -> Objects.requireNonNull(value, "one of its " + field + " is null"));
    return values;
  }

  /**
   * The selection that this plan describes.
   *
   * @throws InvalidInputException if it does not fit the network
   */
  public Selection selection(Anatomy anatomy, String file) {
    return KeptKernels.selection(kept, anatomy, file);
  }

  /**
   * Refuses to be replayed on anything but what the plan was made from.
   *
   * @throws InvalidInputException if the model or the profile is another one
   */
  void requireSources(String modelSha256, String profileSha256, String file, String modelFile) {
    if (!model.equals(modelSha256)) {
      throw new InvalidInputException(
          "%s: the plan was made for the model with SHA-256 %s, but %s has %s"
              .formatted(file, model, modelFile, modelSha256));
    }
    if (profile == null && recoveryMethod(file) != RecoveryMethod.NONE) {
      throw new InvalidInputException(
          "%s: the plan says recovery %s, which uses a profile, but not which: 'profile' is missing; take the plan out of the sub-network again"
              .formatted(file, recovery));
    }
    if (profile != null && !profile.equals(profileSha256)) {
      throw new InvalidInputException(
          "%s: the plan was made with the profile with SHA-256 %s, but the profile at hand has %s"
              .formatted(file, profile, profileSha256));
    }
  }

  /**
   * Refuses to be replayed without its training steps.
   *
   * @throws InvalidInputException if they are missing, or nobody takes them
   */
  void requireTuner(@Nullable Tuner tuner, String file) {
    if (tuning == null && recoveryMethod(file) == RecoveryMethod.TUNED) {
      throw new InvalidInputException(
          "%s: the plan says recovery %s, but not how it trained: 'tuning' is missing; take the plan out of the sub-network again, or change its 'recovery'"
              .formatted(file, recovery));
    }
    if (tuning != null && tuner == null) {
      throw new InvalidInputException(
          file + ": the plan has training steps; expected the images that they learned from",
          Setting.CALIBRATION_IMAGES);
    }
  }

  /**
   * Refuses to be replayed on other calibration images.
   *
   * @param sha256 of the images at hand; null if there are none
   * @throws InvalidInputException if the plan was made with others
   */
  void requireCalibration(@Nullable String sha256, String file) {
    if (calibration == null && recoveryMethod(file).followsImages()) {
      throw new InvalidInputException(
          "%s: the plan says recovery %s, which follows images, but not which: 'calibration' is missing; take the plan out of the sub-network again, or change its 'recovery'"
              .formatted(file, recovery));
    }
    if (calibration == null && isPrincipal()) {
      throw new InvalidInputException(
          file
              + ": the plan selects channels along principal axes, which images tell, but not which: 'calibration' is missing; take the plan out of the sub-network again");
    }
    if (!Objects.equals(calibration, sha256)) {
      throw new InvalidInputException(
          "%s: the plan was made with %s, but at hand are %s; give the same images, as many, drawn with the same seed"
              .formatted(file, images(calibration), images(sha256)),
          Setting.CALIBRATION_IMAGES,
          Setting.CALIBRATION_SIZE,
          Setting.SEED);
    }
  }

  /**
   * How what was lost was made up for.
   *
   * @throws InvalidInputException if there is no such method
   */
  RecoveryMethod recoveryMethod(String file) {
    try {
      return RecoveryMethod.of(recovery);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(file + ": " + e.getMessage(), e);
    }
  }

  private static String images(@Nullable String sha256) {
    return sha256 == null ? "no calibration images" : "calibration images with SHA-256 " + sha256;
  }

  /** Version of the JSON's schema. */
  @JsonProperty("schema")
  int schema() {
    return PlanJson.SCHEMA;
  }

  public String toJson() {
    return PlanJson.write(this);
  }

  /**
   * Reads a plan of this or an earlier schema.
   *
   * @throws InvalidInputException if {@code json} is none
   */
  public static Plan fromJson(String json, String file) {
    return PlanJson.read(json, file);
  }

  /** Of a schema that cannot tell whether it was edited. */
  Plan asSelected() {
    return new Plan(
        version,
        model,
        categories,
        criterion,
        goal,
        recovery,
        profile,
        calibration,
        seed,
        kept,
        principal,
        resolution,
        tuning);
  }
}
