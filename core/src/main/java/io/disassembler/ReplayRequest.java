package io.disassembler;

import io.disassembler.base.InvalidInputException;
import io.disassembler.extraction.Extraction;
import io.disassembler.extraction.Plan;
import io.disassembler.extraction.PlanFile;
import io.disassembler.extraction.Tuner;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.Calibration;
import io.disassembler.safetensors.StateCheckpoint;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a sub-network that was made before: a builder. From the same network, profile and images
 * comes the same file, byte for byte.
 */
public final class ReplayRequest {
  private final SegmentationNetwork network;
  private final Path file;
  private @Nullable Profile profile;
  private @Nullable CalibrationSet calibration;
  private @Nullable Tuner tuner;
  private StateCheckpoint checkpoint = StateCheckpoint.none();

  ReplayRequest(SegmentationNetwork network, Path file) {
    this.network = network;
    this.file = file;
  }

  /** With the profile that it was made with. */
  public ReplayRequest from(Profile learned) {
    profile = learned;
    return this;
  }

  /** With the images that it was made with. */
  public ReplayRequest recoverWith(ImageSet images) {
    return recoverWith(images, Defaults.CALIBRATION_IMAGES);
  }

  /** The same with another number of them. */
  public ReplayRequest recoverWith(ImageSet images, int count) {
    return recoverWith(new CalibrationSet(images, count));
  }

  /** The same, put together before. */
  public ReplayRequest recoverWith(CalibrationSet images) {
    calibration = images;
    return this;
  }

  /** With the training steps that it was made with, if it was, taken again by {@code other}. */
  public ReplayRequest tunedBy(Tuner other) {
    tuner = other;
    return this;
  }

  /** Saving what takes long on the way. The checkpoint stays; remove it in the end. */
  public ReplayRequest savingTo(StateCheckpoint other) {
    checkpoint = other;
    return this;
  }

  /**
   * Cuts the sub-network, and proves the cut.
   *
   * @throws InvalidInputException if there is no plan in the file, or network, profile or images
   *     are not those of the plan
   */
  public SubNetwork run() {
    if (profile == null) {
      throw new InvalidInputException(file + ": expected the profile that it was made with");
    }
    Plan plan = PlanFile.read(file);
    Extraction.SubNetwork made =
        network
            .extraction(profile)
            .savingTo(checkpoint)
            .tellingTo(network.progress()::progress)
            .replay(plan, file.toString(), followed(profile, plan), tuner);
    return SubNetwork.prove(network, made, List.of());
  }

  private @Nullable Calibration followed(Profile learned, Plan plan) {
    return plan.calibration() != null && calibration != null
        ? calibration.showing(network, learned, categories(plan)).load(network)
        : null;
  }

  /**
   * Indices of the categories of the plan, those that the network knows.
   *
   * @throws InvalidInputException if there is no plan in the file
   */
  public List<Integer> categories() {
    return categories(PlanFile.read(file));
  }

  private List<Integer> categories(Plan plan) {
    List<String> known = network.card().categories();
    return plan.categories().stream().map(known::indexOf).filter(c -> c >= 0).distinct().toList();
  }
}
