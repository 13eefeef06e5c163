/**
 * Images and masks as they are on disk, the network's card, and how pixels become its input. Knows
 * nothing of networks or libtorch.
 *
 * <p>May use {@code base} alone. Begin with {@link NetworkCard}, then {@link Sample} and {@link
 * ImageLoader}, which reads many and survives broken ones.
 */
@NullMarked
@Stable
package io.disassembler.data;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
