/**
 * The full network, written in other channels: where nothing but linear lies between the layers
 * that make channels and those that read them, channels may be mixed with each other at no cost,
 * and along their principal axes a few of them carry almost everything (docs/architecture.md,
 * "Principal channels"). What is selected and recovered then are such channels.
 *
 * <p>May use {@code graph}, {@code operator}, {@code engine}, {@code channel}, {@code profile} and
 * {@code selection}. Begin with {@link PrincipalChannels}.
 */
@NullMarked
package io.disassembler.principal;

import org.jspecify.annotations.NullMarked;
