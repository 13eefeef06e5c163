/** Will a network work? Tries it on random pixels and cuts it at random. */
package io.disassembler.check;
