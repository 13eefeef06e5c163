/**
 * The command line, a thin adapter: parses options, calls the library, words results and errors for
 * people and, with {@code --json}, for programs. The only place that knows names of options.
 *
 * <p>May use the facade, the packages declared stable and the explorer; no one may use it. Begin
 * with {@link Main}, which lists the commands; each is a file in {@code commands}.
 */
@NullMarked
package io.disassembler.cli;

import org.jspecify.annotations.NullMarked;
