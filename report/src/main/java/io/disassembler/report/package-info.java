/**
 * Reports: one HTML file that says what was asked, what came out and how to make it again, with
 * everything in it, so that it can be mailed, archived and read offline.
 *
 * <p>May use whatever has results to show; computes none. Begin with {@link Report} and {@link
 * Section}.
 */
@NullMarked
@Stable
package io.disassembler.report;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
