package io.disassembler.engine;

import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Lets work of libtorch end before the process does. On exit, libtorch's destructors would take
 * from under a computation what it works with, and the Java machine would die of it.
 */
final class ExitGate {
  /** A single computation that takes longer is left to its fate: nobody waits for ever. */
  private static final long PATIENCE_SECONDS = 10;

  /** Read: libtorch is at work. Write, never given back: the process ends. */
  private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock();

  private static volatile boolean ending;

  static {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(ExitGate::close, "exit-gate"));
    } catch (IllegalStateException e) {
      // Too late to register: the process is about to end already.
      ending = true;
    }
  }

  private ExitGate() {}

  /**
   * Does {@code work}.
   *
   * @throws CancellationException if the process is about to end
   */
  static <T> T pass(Supplier<T> work) {
    enter();
    try {
      return work.get();
    } finally {
      LOCK.readLock().unlock();
    }
  }

  private static void enter() {
    if (!ending && LOCK.readLock().tryLock()) {
      return;
    }
    // Inside other work this thread must get out; outside it had best stay here till the end.
    if (LOCK.getReadHoldCount() == 0) {
      rest();
    }
    throw new CancellationException("the process ends");
  }

  private static void rest() {
    try {
      TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
