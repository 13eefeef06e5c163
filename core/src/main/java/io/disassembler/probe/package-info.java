/**
 * How much of the categories that a sub-network does without can still be read from its feature
 * maps.
 */
@NullMarked
package io.disassembler.probe;

import org.jspecify.annotations.NullMarked;
