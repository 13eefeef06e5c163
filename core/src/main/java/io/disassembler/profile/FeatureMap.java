package io.disassembler.profile;

/**
 * A value that a weighted layer reads.
 *
 * @param name the value's name in the network
 * @param axis its channel axis; 1 for NCHW
 * @param channels number of its channels
 * @param principal whether its channels lie along principal axes, so that none stands in for
 *     another
 */
public record FeatureMap(String name, int axis, int channels, boolean principal) {

  /** One whose channels are what some layer's kernels make. */
  public FeatureMap(String name, int axis, int channels) {
    this(name, axis, channels, false);
  }
}
