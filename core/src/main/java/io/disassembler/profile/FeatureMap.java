package io.disassembler.profile;

/**
 * A value that a weighted layer reads.
 *
 * @param name the value's name in the network
 * @param axis its channel axis; 1 for NCHW
 * @param channels number of its channels
 */
public record FeatureMap(String name, int axis, int channels) {}
