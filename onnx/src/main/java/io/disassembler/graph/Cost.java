package io.disassembler.graph;

/**
 * What a network costs, whatever runs it.
 *
 * @param parameters stored floating-point elements
 * @param macs multiply-accumulates of one run
 */
public record Cost(long parameters, long macs) {}
