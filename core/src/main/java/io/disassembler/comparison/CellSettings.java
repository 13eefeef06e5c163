package io.disassembler.comparison;

import io.disassembler.Version;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.surgery.Extraction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells apart cells by everything that their results depend on. */
final class CellSettings {
  private final List<Object> common;

  /**
   * @param images SHA-256 of the images that sub-networks are judged on
   */
  CellSettings(Extraction extraction, String images, @Nullable LatencySettings latency) {
    common =
        List.of(
            Version.current(),
            extraction.modelSha256(),
            extraction.profileSha256(),
            extraction.card().categories(),
            images,
            String.valueOf(latency));
  }

  /** SHA-256, in hexadecimal, of the settings of one cell. */
  String of(Approach approach, CategorySet set) {
    String text = String.join("\n", common.toString(), approach.toString(), set.toString());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
