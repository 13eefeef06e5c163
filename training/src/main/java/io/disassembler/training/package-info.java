/** Training: from scratch, and finetuning of networks that were read from files. */
@NullMarked
package io.disassembler.training;

import org.jspecify.annotations.NullMarked;
