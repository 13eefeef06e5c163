package io.disassembler.operator;

/**
 * What an operator does to each channel along axis 1 of its first input: {@code slope * x +
 * intercept}.
 *
 * @param slope one for each channel
 * @param intercept one for each channel
 */
public record Affine(double[] slope, double[] intercept) {}
