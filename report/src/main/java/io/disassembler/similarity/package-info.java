/**
 * The finding in numbers: images of one category excite similar channels, images of different
 * categories different ones.
 *
 * <p>May use {@code profile}. Begin with {@link LayerSimilarity}, one feature map; {@link Finding}
 * is all of them.
 */
@NullMarked
package io.disassembler.similarity;

import org.jspecify.annotations.NullMarked;
