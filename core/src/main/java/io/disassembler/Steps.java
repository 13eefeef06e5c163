package io.disassembler;

import java.util.function.Function;

/** Tells a listener of one task's steps. */
record Steps(ProgressListener listener, String task) {

  /** Does a task; its listener hears the beginning and, unless it fails, the end. */
  static <T> T count(ProgressListener listener, String task, long total, Function<Steps, T> work) {
    listener.progress(task, 0, total);
    T result = work.apply(new Steps(listener, task));
    listener.progress(task, total, total);
    return result;
  }

  /** So many steps are done. */
  void done(long done, long total) {
    if (done < total) {
      listener.progress(task, done, total);
    }
  }
}
