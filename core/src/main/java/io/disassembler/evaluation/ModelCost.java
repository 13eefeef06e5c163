package io.disassembler.evaluation;

/**
 * What a network costs whatever runs it.
 *
 * @param parameters number of stored floating-point elements
 * @param macs multiply-accumulates for one image
 */
public record ModelCost(long parameters, long macs) {}
