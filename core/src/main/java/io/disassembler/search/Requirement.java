package io.disassembler.search;

import io.disassembler.base.Setting;
import io.disassembler.base.Stable;
import io.disassembler.extraction.Extraction.SubNetwork;

/** What a sub-network must measure up to. */
@Stable
public interface Requirement {

  /**
   * Measures a candidate.
   *
   * @throws io.disassembler.base.InvalidInputException if it cannot be measured
   */
  Finding measure(SubNetwork network);

  /** True if it is easier met by keeping more, so that the smallest network is looked for. */
  boolean favoursMore();

  /** The requirement in words, such as {@code a retention of at least 0.98}. */
  String text();

  /** Where it is set. */
  Setting setting();

  /**
   * What was measured of a candidate.
   *
   * @param met whether it measures up
   * @param text the measurement in words
   */
  record Finding(boolean met, String text) {}
}
