/**
 * What was learned from images about a network: attributions per category and channel, and the
 * moments of every feature map. All of it is sums, so profiles of parts of a data set merge. {@code
 * docs/profile.md} describes the file.
 *
 * <p>May use {@code base} and of {@code data} what decisions are called: needs neither images nor
 * libtorch. Begin with {@link Profile} and {@link CategoryProfile}.
 */
@NullMarked
@Stable
package io.disassembler.profile;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
