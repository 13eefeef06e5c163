/**
 * The finding in numbers: images of one category excite similar channels, images of different
 * categories different ones.
 */
package io.disassembler.similarity;
