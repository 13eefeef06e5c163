/**
 * Training: from scratch, and finetuning of networks that were read from files, on masks or on the
 * answers of a full network. The same for the same settings, images and threads, in one go or
 * resumed.
 *
 * <p>May use {@code graph}, {@code operator}, {@code engine}, {@code channel}, {@code data}, {@code
 * input}, {@code attribution}, {@code evaluation} and {@code safetensors}. Begin with {@link
 * TrainingRun}, then {@link Trainer}, a step.
 */
@NullMarked
@Stable
package io.disassembler.training;

import io.disassembler.base.Stable;
import org.jspecify.annotations.NullMarked;
