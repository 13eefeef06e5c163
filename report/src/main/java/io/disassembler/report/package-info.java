/**
 * Reports: one HTML file that says what was asked, what came out and how to make it again, with
 * everything in it, so that it can be mailed, archived and read offline.
 */
package io.disassembler.report;
