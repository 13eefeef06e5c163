package io.disassembler.evaluation;

import io.disassembler.base.Stable;
import java.util.Locale;

/**
 * Labels and the full network hardly agree, and a simple mistake would explain it.
 *
 * @param images how many were looked at, the first ones
 * @param agreement mean IoU of network and labels on them as everything is now
 * @param explanation what would explain it, such as {@code the masks' numbers are shifted by one}
 * @param explained mean IoU if it were so
 * @param attempt how to try it: what to write into the network card
 */
@Stable
public record LabelDoubt(
    int images, double agreement, String explanation, double explained, String attempt) {

  /** All of it in one line. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "labels and network hardly agree on the first %d image%s (mean IoU %.3f), but would (%.3f) if %s; to try it, write in the network card: %s",
        images,
        images == 1 ? "" : "s",
        agreement,
        explained,
        explanation,
        attempt);
  }
}
