/** Where the quality of a sub-network went: what was predicted, and what is measured. */
@NullMarked
package io.disassembler.explanation;

import org.jspecify.annotations.NullMarked;
