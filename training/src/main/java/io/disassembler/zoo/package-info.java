/** Segmentation networks, built from scratch and ready to be trained. */
@NullMarked
package io.disassembler.zoo;

import org.jspecify.annotations.NullMarked;
