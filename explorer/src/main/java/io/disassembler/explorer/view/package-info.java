/**
 * What the explorer shows, as values: the attribution of a layer, what a channel looks for,
 * pictures and masks.
 *
 * <p>May use the library; knows nothing of HTTP and of tasks. Begin with {@link LayerMap}.
 */
@NullMarked
package io.disassembler.explorer.view;

import org.jspecify.annotations.NullMarked;
