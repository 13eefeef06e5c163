/** How public data sets lay out their files, one file for each layout. */
@NullMarked
package io.disassembler.data.layout;

import org.jspecify.annotations.NullMarked;
