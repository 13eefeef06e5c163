/**
 * The finding in numbers: images of one category excite similar channels, images of different
 * categories different ones.
 *
 * <p>May use {@code profile}. Begin with {@link LayerSimilarity}, one feature map; {@link Finding}
 * is all of them.
 */
@NullMarked
@Stable
package io.disassembler.similarity;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
