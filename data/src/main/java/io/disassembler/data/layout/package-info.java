/**
 * How public data sets lay out their files, one file for each layout.
 *
 * <p>May use {@code data}. Begin with {@link DataSets}, which opens what a user writes, such as
 * {@code cityscapes:DIR:val}; a new layout implements {@link Layout}.
 */
@NullMarked
@Stable
package io.disassembler.data.layout;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
