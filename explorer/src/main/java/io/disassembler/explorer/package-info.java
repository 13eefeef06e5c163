/**
 * The explorer: a page to look into a network and cut it, and the HTTP interface behind the page. A
 * thin adapter: it asks the library, words the answers as JSON and decides who may ask.
 *
 * <p>May use the facade and the packages declared stable; nothing but the command line may use it.
 * Begin with {@link Explorer}, then {@code openapi.json}, which describes the interface.
 */
@NullMarked
package io.disassembler.explorer;

import org.jspecify.annotations.NullMarked;
