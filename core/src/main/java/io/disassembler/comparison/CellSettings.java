package io.disassembler.comparison;

import io.disassembler.Version;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.surgery.Extraction;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells apart cells by everything that their results depend on. */
final class CellSettings {
  private static final String PROGRAM = program();

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
            PROGRAM,
            extraction.modelSha256(),
            approach.control() ? "" : extraction.profileSha256(),
            extraction.card().categories().toString(),
            images,
            calibration,
            finetunings.getOrDefault(approach.finetuning(), ""),
            latency,
            approach.toString(),
            set.toString());
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Builds of one development version differ: what one found, another must not take for its own.
   */
  private static String program() {
    CodeSource source = CellSettings.class.getProtectionDomain().getCodeSource();
    try {
      Path file = source == null ? null : Path.of(source.getLocation().toURI());
      return file != null && Files.isRegularFile(file)
          ? sha256(Files.readAllBytes(file))
          : Version.current();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
