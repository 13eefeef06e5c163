/**
 * Drawn street scenes with exact masks, to try things out on: the same for the same seed.
 *
 * <p>May use {@code data}. Begin with {@link StreetScene}; {@link SceneFiles} writes many of them.
 */
@NullMarked
@Stable
package io.disassembler.scenes;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
