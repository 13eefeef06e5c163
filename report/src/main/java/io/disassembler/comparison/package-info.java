/**
 * Compares ways of making sub-networks: criteria, recoveries, budgets and category sets, each
 * measured on the same images at equal cost, in a run that can be stopped and resumed.
 */
package io.disassembler.comparison;
