/**
 * What the explorer computes, and when: sub-networks by name, shared between sessions, cancelled
 * when no one waits for them any more, measured one after the other.
 *
 * <p>May use {@code explorer.view} and the library; knows nothing of HTTP. Begin with {@link Work},
 * then {@link Cuts} and {@link Tasks}.
 */
@NullMarked
package io.disassembler.explorer.work;

import org.jspecify.annotations.NullMarked;
