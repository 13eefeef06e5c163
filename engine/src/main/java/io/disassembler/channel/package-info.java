/**
 * Which channels of a network live and die together. Every channel of every value is an element of
 * a union-find; operators unite elements; what nothing can follow is pinned, with the reason.
 *
 * <p>May use {@code graph}, {@code operator} and {@code engine}. Begin with {@link Anatomy},
 * everything that cutting a network takes, then {@link ChannelGroups}.
 */
@NullMarked
package io.disassembler.channel;

import org.jspecify.annotations.NullMarked;
