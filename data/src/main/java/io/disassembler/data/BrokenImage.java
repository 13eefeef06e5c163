package io.disassembler.data;

/**
 * A sample that was skipped.
 *
 * @param reason why its image or mask cannot be used, naming the file, one line
 */
public record BrokenImage(Sample sample, String reason) {}
