package io.disassembler.explorer.work;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.NotEnoughMemoryException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that compute. There are few, because networks use every core by themselves; what is
 * asked for beyond them waits in order, and beyond that is refused.
 */
public final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final int THREADS = 2;
  private static final int WAITING = 64;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(WAITING),
          work -> {
            Thread thread = new Thread(work, "explorer-worker");
            thread.setDaemon(true);
            return thread;
          });

  /** More was asked for than can wait. */
  public static final class BusyException extends RuntimeException {
    BusyException(Throwable cause) {
      super("too many people ask for too much at once; try again in a moment", cause, false, false);
    }
  }

  /**
   * Starts {@code work} on a task as soon as a thread is free; it ends the task, come what may.
   *
   * @param over told of the task once it has ended; not if it was cancelled before it began
   */
  <R> void start(Task<R> task, Consumer<Task<R>> work, Consumer<Task<R>> over) {
    // What was cancelled while it waited must not take the place of what is still wanted.
    threads.getQueue().removeIf(waiting -> waiting instanceof Job<?> job && job.isOver());
    try {
      threads.execute(new Job<>(task, work, over));
    } catch (RejectedExecutionException e) {
      throw new BusyException(e);
    }
  }

  private record Job<R>(Task<R> task, Consumer<Task<R>> work, Consumer<Task<R>> over)
      implements Runnable {
    boolean isOver() {
      return task.progress().state().isFinal();
    }

    @Override
    public void run() {
      if (!isOver()) {
        Workers.run(task, work);
        over.accept(task);
      }
    }
  }

  private static <R> void run(Task<R> task, Consumer<Task<R>> work) {
    try {
      work.accept(task);
      task.finish();
    } catch (CancellationException e) {
      // The task knows.
    } catch (InvalidInputException | NotEnoughMemoryException e) {
      task.fail(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      LOG.error("internal error, please report it", e);
      task.fail("an internal error, please report it: " + e);
    }
  }

  /** Does something short and waits for it. */
  public <T> T call(Callable<T> work) {
    Future<T> future;
    try {
      future = threads.submit(work);
    } catch (RejectedExecutionException e) {
      throw new BusyException(e);
    }
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("a computation is still going on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
