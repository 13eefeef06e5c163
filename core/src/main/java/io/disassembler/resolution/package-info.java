/** Networks that work at a lower resolution than their images have. */
@NullMarked
package io.disassembler.resolution;

import org.jspecify.annotations.NullMarked;
