/**
 * The commands, one file each: parse options, call the facade, hand the result to {@code output}.
 * Nothing is computed here.
 *
 * <p>May use {@code cli.options}, {@code cli.output}, the facade and the packages declared stable.
 * Begin with {@link ExtractCommand}.
 */
@NullMarked
package io.disassembler.cli.commands;

import org.jspecify.annotations.NullMarked;
