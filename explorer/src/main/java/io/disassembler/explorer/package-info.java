/**
 * The explorer: a page to look into a network and cut it, and the HTTP interface behind the page.
 */
package io.disassembler.explorer;
