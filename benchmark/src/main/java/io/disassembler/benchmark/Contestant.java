package io.disassembler.benchmark;

/** One of two ways to do the same work. */
interface Contestant extends AutoCloseable {
  /** Does it once. */
  void step();

  @Override
  void close();
}
