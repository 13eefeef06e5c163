/**
 * Finds how much of a network must stay for a sub-network to measure up: cuts candidates and
 * measures them.
 */
package io.disassembler.search;
