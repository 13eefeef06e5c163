package io.disassembler.graph;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** In which order a network's images or its scores have their axes. */
public enum Layout {
  /** Batch, channels, height, width: what everything but files works with. */
  NCHW,
  /** Batch, height, width, channels. */
  NHWC,
  /** One image or its scores, without a batch: channels, height, width. */
  CHW,
  /** The same with the channels last. */
  HWC,
  /** Batch, height, width: category numbers, or scores of one category. */
  NHW,
  /** The same of one image, without a batch. */
  HW,
  /** Volumes: batch, channels, depth, height, width. */
  NCDHW,
  /** The same with the channels last. */
  NDHWC,
  /** Batch, depth, height, width: category numbers of volumes, or scores of one category. */
  NDHW,
  /** One volume: channels, depth, height, width. */
  CDHW,
  /** The same with the channels last. */
  DHWC;

  /** The layout called {@code name}, in upper or lower case; empty if there is none. */
  public static Optional<Layout> of(String name) {
    return Arrays.stream(values())
        .filter(layout -> layout.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  /** All names, as messages list them. */
  public static String names() {
    return Arrays.stream(values()).map(Layout::name).collect(Collectors.joining(", "));
  }

  /** Whether a value of so many axes may be maps of images or of volumes, as layers read them. */
  public static boolean isMaps(int rank) {
    return rank == NCHW.rank() || rank == NCDHW.rank();
  }

  /** Number of axes. */
  public int rank() {
    return name().length();
  }

  /** Whether there is an axis for images, the first. */
  public boolean batched() {
    return name().startsWith("N");
  }

  /** The axis of the channels; -1 if there is none. */
  public int channelAxis() {
    return name().indexOf('C');
  }

  /** Whether images are volumes, which have a depth besides height and width. */
  public boolean volumes() {
    return name().indexOf('D') >= 0;
  }

  /** Whether the channels are behind height and width. */
  public boolean channelsLast() {
    return name().endsWith("C");
  }

  /**
   * What this is worked on as: {@link #NCHW}, or {@link #NHW} without an axis for channels; {@link
   * #NCDHW} or {@link #NDHW} of volumes.
   */
  public Layout plain() {
    return channelAxis() >= 0 ? withChannels() : volumes() ? NDHW : NHW;
  }

  /** What has channels and is worked on: {@link #NCHW}, or {@link #NCDHW} of volumes. */
  public Layout withChannels() {
    return volumes() ? NCDHW : NCHW;
  }

  /** The axes in words, such as {@code batch, channels, height, width}. */
  public String described() {
    return name()
        .chars()
        .mapToObj(
            axis ->
                switch (axis) {
                  case 'N' -> "batch";
                  case 'C' -> "channels";
                  case 'D' -> "depth";
                  case 'H' -> "height";
                  default -> "width";
                })
        .collect(Collectors.joining(", "));
  }

  /** The axes as people write them, such as {@code N x H x W x C}. */
  public String spelled() {
    return name().chars().mapToObj(Character::toString).collect(Collectors.joining(" x "));
  }
}
