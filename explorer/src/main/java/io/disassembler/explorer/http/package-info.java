/**
 * The explorer's way in: who may ask, which way each request goes, what the answers look like as
 * JSON ({@code openapi.json}), and the page's files.
 *
 * <p>May use {@code explorer.work} and {@code explorer.view}. Begin with {@link Server}, then
 * {@link Api} and {@link Guard}.
 */
@NullMarked
package io.disassembler.explorer.http;

import org.jspecify.annotations.NullMarked;
