/**
 * Options that several commands share, and what they mean to the library: names of options are
 * known here and in {@code cli.commands}, and nowhere else.
 *
 * <p>May use {@code cli.output}, the facade and the packages declared stable. Begin with {@link
 * ModelOptions}.
 */
@NullMarked
package io.disassembler.cli.options;

import org.jspecify.annotations.NullMarked;
