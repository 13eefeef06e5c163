package io.disassembler.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Lets native work end before the process does. On exit, libtorch's destructors would take from
 * under a computation what it works with, and the Java machine would die of it.
 */
final class ExitGate {
  /** Work that takes longer is left to its fate; who stops a program does not wait for ever. */
  private static final long PATIENCE_SECONDS = 10;

  /** Read: native work goes on. Write, never given back: the process ends. */
  private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock();

  private static volatile boolean ending;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ExitGate::close, "exit-gate"));
  }

  private ExitGate() {}

  /** Does native work, unless the process is about to end. */
  static <T> T pass(Supplier<T> work) {
    boolean held = enter();
    try {
      return work.get();
    } finally {
      if (held) {
        LOCK.readLock().unlock();
      }
    }
  }

  private static boolean enter() {
    boolean within = LOCK.getReadHoldCount() > 0;
    if ((within || !ending) && LOCK.readLock().tryLock()) {
      return true;
    }
    // Most threads end here with the process. Other shutdown hooks may need to go on.
    try {
      TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private static void close() {
    ending = true;
    try {
      // Either way the process ends.
      boolean unused = LOCK.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
