/**
 * Feeds damaged and made-up files to everything that reads files of strangers. Each {@link
 * io.disassembler.fuzz.Input} is used as commands use it; whatever is in the file, it is used or
 * refused as the user's error, in time and within memory. Two things make the files: {@link
 * io.disassembler.fuzz.MutantsTest} damages good ones, field by field, from a seed; {@link
 * io.disassembler.fuzz.FuzzingTest} lets Jazzer look for those that reach new code.
 */
@NullMarked
package io.disassembler.fuzz;

import org.jspecify.annotations.NullMarked;
