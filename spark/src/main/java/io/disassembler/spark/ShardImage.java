package io.disassembler.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An image and its mask, where they are.
 *
 * @param name the image's name
 * @param image URI of its file
 * @param mask URI of its mask's file; null if it has none
 */
record ShardImage(String name, String image, @Nullable String mask) implements Serializable {}
