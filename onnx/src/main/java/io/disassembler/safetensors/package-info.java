/** Weights by name in {@code .safetensors} files. */
@NullMarked
package io.disassembler.safetensors;

import org.jspecify.annotations.NullMarked;
