/**
 * Between files and what everything works on: {@link Presentation} turns the network of a file into
 * one with images and scores N x C x H x W and floats of 32 bits, {@link FileForm} turns it back.
 *
 * <p>May use {@code graph} alone. Begin with {@link io.disassembler.graph.Boundary}.
 */
@NullMarked
@Stable
package io.disassembler.boundary;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
