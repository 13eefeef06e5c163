package io.disassembler.zoo;

/**
 * A feature map while a network is being built.
 *
 * @param value its name
 * @param channels number of channels
 */
record Features(String value, int channels) {}
