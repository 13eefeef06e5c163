package io.disassembler.recovery;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Stable;
import io.disassembler.profile.Moments;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How what removed channels carried is made up for, without labels. */
@Stable
public enum RecoveryMethod {
  /** Not at all: removed channels count as zero. */
  NONE,
  /** By their mean over the profiled images. */
  MEAN {
    @Override
    ChannelMap map(Moments moments, int[] channels, int[] kept) {
      return ChannelMap.mean(moments, channels, kept);
    }
  },
  /**
   * By what the kept channels predict of them: ridge regression (docs/architecture.md, "Recovery").
   */
  RIDGE,
  /**
   * Ridge regression, and then once more, layer by layer on calibration images, from what the
   * sub-network's channels really carry by then ({@link ClosedLoop}).
   */
  CLOSED_LOOP,
  /** The closed loop, and then training steps towards the full network's decisions. */
  TUNED;

  /** Whether images are followed through both networks. */
  public boolean followsImages() {
    return this == CLOSED_LOOP || this == TUNED;
  }

  /** How the kept channels stand for all of them, by the moments of the untouched network. */
  ChannelMap map(Moments moments, int[] channels, int[] kept) {
    return ChannelMap.ridge(moments, channels, kept, Recovery.RIDGE);
  }

  /** The method's name, for users and in plans. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The method called {@code id}.
   *
   * @throws InvalidInputException if there is none
   */
  public static RecoveryMethod of(String id) {
    return Arrays.stream(values())
        .filter(method -> method.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "recovery '%s': expected one of %s"
                        .formatted(
                            id,
                            Arrays.stream(values())
                                .map(RecoveryMethod::id)
                                .collect(Collectors.joining(", "))),
                    Setting.RECOVERY));
  }
}
