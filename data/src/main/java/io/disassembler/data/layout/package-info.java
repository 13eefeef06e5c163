/**
 * How public data sets lay out their files, one file for each layout.
 *
 * <p>May use {@code data}. Begin with {@link DataSets}, which opens what a user writes, such as
 * {@code cityscapes:DIR:val}; a new layout implements {@link Layout}.
 */
@NullMarked
package io.disassembler.data.layout;

import org.jspecify.annotations.NullMarked;
