package io.disassembler.data;

import org.jspecify.annotations.Nullable;

/**
 * One sample, ready for the network.
 *
 * @param index its place among the samples that are loaded, from 0; broken ones leave gaps
 * @param sample where it comes from
 * @param original size of the image file
 * @param pixels the network's input, channels x height x width (CHW); not copied
 * @param labels height x width category numbers, -1 where ignored, if there is a mask; not copied
 */
public record LoadedImage(
    int index, Sample sample, Size original, float[] pixels, int @Nullable [] labels) {}
