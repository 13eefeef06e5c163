/**
 * What was learned from images about a network: attributions per category and channel, and the
 * moments of every feature map. All of it is sums, so profiles of parts of a data set merge.
 */
package io.disassembler.profile;
