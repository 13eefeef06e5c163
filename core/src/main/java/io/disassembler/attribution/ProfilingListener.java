package io.disassembler.attribution;

/** Hears how far profiling is. */
@FunctionalInterface
public interface ProfilingListener {

  /**
   * Called after each batch.
   *
   * @param done images counted so far, those of an earlier run included
   * @param total number of images; broken ones are never counted
   */
  void counted(int done, int total);
}
