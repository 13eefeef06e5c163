package io.disassembler.data;

import org.jspecify.annotations.Nullable;

/**
 * A decoded image before it is resized.
 *
 * @param image RGB
 * @param labels one category number for each pixel, row by row, {@link #IGNORED} where no category
 *     counts; null without a mask; not copied
 */
public record LabelledBitmap(Bitmap image, int @Nullable [] labels) {
  /** Label of pixels that count nowhere. */
  public static final int IGNORED = MaskLabels.IGNORED;
}
