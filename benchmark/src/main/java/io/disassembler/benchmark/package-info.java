/** Measures how fast things are, side by side with how fast they could be. */
@NullMarked
package io.disassembler.benchmark;

import org.jspecify.annotations.NullMarked;
