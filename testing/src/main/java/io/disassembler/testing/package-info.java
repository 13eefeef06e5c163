/**
 * Helpers that tests of several modules share: where test material is, Java machines of their own,
 * memory over time, reports as a reader finds them. No tests of its own; not published.
 *
 * <p>Knows no class of the project, so that the tests of every module may use it.
 */
@NullMarked
package io.disassembler.testing;

import org.jspecify.annotations.NullMarked;
