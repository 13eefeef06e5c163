/**
 * libtorch as it is found on the machine: what must be told to the process before its libraries are
 * loaded, whether its convolutions are right, with how many threads it computes, and what it means
 * when it throws. Uses nothing but the base. Begin with {@link io.disassembler.libtorch.Libtorch}.
 */
@NullMarked
package io.disassembler.libtorch;

import org.jspecify.annotations.NullMarked;
