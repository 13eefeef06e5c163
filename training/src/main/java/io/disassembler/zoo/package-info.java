/**
 * Segmentation networks, built from scratch and ready to be trained, with the weights' names of
 * torchvision where it has the same network.
 *
 * <p>May use {@code graph} and {@code safetensors}: a network is built without libtorch. Begin with
 * {@link Architecture}, then {@link Fcn}, the smallest.
 */
@NullMarked
@Stable
package io.disassembler.zoo;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
