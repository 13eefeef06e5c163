/**
 * Attribution: which channels of which feature maps the categories of an image excite (forward) and
 * which the logits depend on (backward).
 */
package io.disassembler.attribution;
