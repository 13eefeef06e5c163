package io.disassembler.data;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a user should know of images that are read as they are stored: that they say they are
 * turned, or that they use few of their 16 bits. Said once for each set of images. For use by many
 * threads.
 */
final class ImageNotes {
  private static final Logger LOG = LoggerFactory.getLogger(ImageNotes.class);

  /** Brighter images with 16 bits per sample are taken to use all of them. */
  private static final int FEW = 1 << 14;

  /** Sets of images are read again and again, in training; their first is told of once. */
  private static final Set<Path> SAID = ConcurrentHashMap.newKeySet();

  private int turned;
  private @Nullable Path firstTurned;
  private int firstOrientation;
  private int deep;
  private @Nullable Path firstDeep;
  private int brightest;

  /** Notes an image's orientation. */
  synchronized void orientation(Path image, int orientation) {
    if (orientation != Orientation.UPRIGHT) {
      turned++;
      if (firstTurned == null || image.compareTo(firstTurned) < 0) {
        firstTurned = image;
        firstOrientation = orientation;
      }
    }
  }

  /** Notes the largest sample of an image of 16 bits per sample. */
  synchronized void deep(Path image, int largest) {
    deep++;
    brightest = Math.max(brightest, largest);
    if (firstDeep == null || image.compareTo(firstDeep) < 0) {
      firstDeep = image;
    }
  }

  /** Says it. */
  synchronized void say() {
    if (firstTurned != null && SAID.add(firstTurned)) {
      LOG.warn(
          "{}{}: says that it is turned or mirrored (EXIF orientation {}); images are read as they are stored, so masks that were drawn on the upright image do not fit; save such images upright",
          firstTurned,
          turned == 1 ? "" : " (and %d more)".formatted(turned - 1),
          firstOrientation);
    }
    if (firstDeep != null && brightest < FEW && brightest > 0 && SAID.add(firstDeep)) {
      int bits = Integer.SIZE - Integer.numberOfLeadingZeros(brightest);
      LOG.warn(
          "{}{}: 16 bits per sample of which {} are used (the largest is {}); the upper 8 of 16 are read, so that it is nearly black; multiply the samples by {}",
          firstDeep,
          deep == 1 ? "" : " (and %d more)".formatted(deep - 1),
          bits,
          brightest,
          1 << (16 - bits));
    }
  }
}
