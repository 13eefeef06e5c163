/**
 * Weights by name in {@code .safetensors} files.
 *
 * <p>May use {@code graph}. Begin with {@link SafeTensors}, which says what such a file is.
 */
@NullMarked
@Stable
package io.disassembler.safetensors;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
