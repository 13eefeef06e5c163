/**
 * What everything rests on: the error that a user can mend, with the settings that would help,
 * files that are replaced whole or not at all, how numbers and JSON are written, the version that
 * is running.
 *
 * <p>May use nothing. Begin with {@link InvalidInputException}: its message is one line that
 * callers show as it is.
 */
@NullMarked
@Stable
package io.disassembler.base;

import org.jspecify.annotations.NullMarked;
