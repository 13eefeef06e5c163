package io.disassembler.comparison;

import io.disassembler.Version;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.surgery.Extraction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Tells apart cells by everything that their results depend on. */
final class CellSettings {
  private final String images;
  private final String calibration;
  private final String latency;

  /**
   * @param images SHA-256 of the images that sub-networks are judged on
   * @param calibration SHA-256 of the images that the closed loop follows
   */
  CellSettings(String images, String calibration, @Nullable LatencySettings latency) {
    this.images = images;
    this.calibration = calibration;
    this.latency = String.valueOf(latency);
  }

  /** SHA-256, in hexadecimal, of the settings of one cell. */
  String of(Extraction extraction, Approach approach, CategorySet set) {
    String text =
        String.join(
            "\n",
            Version.current(),
            extraction.modelSha256(),
            approach.control() ? "" : extraction.profileSha256(),
            extraction.card().categories().toString(),
            images,
            calibration,
            latency,
            approach.toString(),
            set.toString());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
