/** Drawn street scenes with exact masks, to try things out on. */
@NullMarked
package io.disassembler.scenes;

import org.jspecify.annotations.NullMarked;
