package io.disassembler.comparison;

import io.disassembler.base.Build;
import io.disassembler.base.Sha256;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.extraction.Extraction;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells apart cells by everything that their results depend on. */
final class CellSettings {
  private final String images;
  private final String calibration;
  private final Map<String, String> finetunings;
  private final String latency;

  /**
   * @param images SHA-256 of the images that sub-networks are judged on
   * @param calibration SHA-256 of the images that the closed loop follows
   * @param finetunings SHA-256 of each finetuning, by name
   */
  CellSettings(
      String images,
      String calibration,
      Map<String, String> finetunings,
      @Nullable LatencySettings latency) {
    this.images = images;
    this.calibration = calibration;
    this.finetunings = Map.copyOf(finetunings);
    this.latency = String.valueOf(latency);
  }

  /** SHA-256, in hexadecimal, of the settings of one cell. */
  String of(Extraction extraction, Approach approach, CategorySet set) {
    String text =
        String.join(
            "\n",
            Build.identity(),
            extraction.modelSha256(),
            approach.control() ? "" : extraction.profileSha256(),
            extraction.card().categories().toString(),
            images,
            calibration,
            finetunings.getOrDefault(approach.finetuning(), ""),
            latency,
            approach.toString(),
            set.toString());
    return Sha256.of(text);
  }
}
