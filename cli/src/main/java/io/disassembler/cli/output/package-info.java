/**
 * What commands say: tables and progress for people, JSON for programs, files written whole, errors
 * with the options that mend them.
 *
 * <p>May use the facade and the packages declared stable. Begin with {@link Console} and {@link
 * Outputs}.
 */
@NullMarked
package io.disassembler.cli.output;

import org.jspecify.annotations.NullMarked;
