package io.disassembler.engine;

import com.sun.management.OperatingSystemMXBean;
import io.disassembler.libtorch.Libtorch;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that work side by side, usually on one image each: most layers are too small to keep
 * several threads busy on one. What they find is handed over in the order of the work, so that sums
 * of it do not depend on who was faster. Work that a member hands to its own crew it does itself.
 */
public final class Crew implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

  /** Of the machine's memory, what the values of all images together may take. */
  private static final double SHARE = 0.4;

  private final int size;
  private final int threads;
  private final ExecutorService members;

  private Crew(int size, int threads) {
    this.size = size;
    this.threads = threads;
    AtomicInteger count = new AtomicInteger();
    members =
        Executors.newFixedThreadPool(
            size, work -> new Member(this, work, "crew-" + count.incrementAndGet()));
  }

  /** A thread of a crew; ends with the process. */
  private static final class Member extends Thread {
    private final Crew crew;

    Member(Crew crew, Runnable work, String name) {
      super(work, name);
      this.crew = crew;
      setDaemon(true);
    }
  }

  /**
   * A crew that shares {@code threads} among as many members as the machine has memory for.
   *
   * @param threads of the processor, at least 1
   * @param bytes that one member's work takes at most
   */
  public static Crew of(int threads, long bytes) {
    double most = SHARE * machineBytes() / Math.max(1, bytes);
    int size = (int) Math.max(1, Math.min(threads, most));
    return new Crew(size, Math.max(1, threads / size));
  }

  private static long machineBytes() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  /** A crew of one, which has all threads to itself: the work is done one after the other. */
  public static Crew ofOne(int threads) {
    return new Crew(1, threads);
  }

  /** Number of members. */
  public int size() {
    return size;
  }

  /** With how many threads each member computes, on the CPU. */
  public EngineSettings settings() {
    return EngineSettings.onCpu(threads);
  }

  /**
   * Does {@code work} on every item, and hands the results to {@code then} on the calling thread,
   * in the order of the items.
   *
   * @param items taken when a member is free for them
   * @param work not in need of an order; what it throws is thrown here, after all work has ended
   */
  public <I, R> void each(Iterator<I> items, Function<I, R> work, Consumer<R> then) {
    if (size == 1 || isMember()) {
      while (items.hasNext()) {
        then.accept(alone(items.next(), work));
      }
      return;
    }
    Deque<Future<R>> going = new ArrayDeque<>();
    try {
      while (items.hasNext() || !going.isEmpty()) {
        while (items.hasNext() && going.size() < size) {
          I item = items.next();
          if (going.isEmpty() && !items.hasNext()) {
            // Alone, so that what it hands to the crew in its turn is done side by side.
            then.accept(alone(item, work));
          } else {
            going.add(members.submit(() -> alone(item, work)));
          }
        }
        if (!going.isEmpty()) {
          then.accept(result(going.remove()));
        }
      }
    } finally {
      going.forEach(Crew::end);
    }
  }

  /**
   * Makes tensors of every item, which live as long as the caller's innermost native scope, and
   * hands them to {@code then} on the calling thread, in the order of the items.
   */
  public <I> void tensors(
      Collection<I> items, Function<I, List<Tensor>> work, BiConsumer<I, List<Tensor>> then) {
    record Made<I>(I item, List<Tensor> tensors) {}
    NativeScope.Holder scope = NativeScope.innermost();
    each(
        items.iterator(),
        item -> new Made<>(item, scope.keeping(() -> work.apply(item))),
        made -> NativeScope.run(() -> then.accept(made.item(), made.tensors())));
  }

  /** Does {@code work} on every item, in no order. */
  public <I> void each(Collection<I> items, Consumer<I> work) {
    each(
        items.iterator(),
        item -> {
          work.accept(item);
          return item;
        },
        item -> {});
  }

  private boolean isMember() {
    return Thread.currentThread() instanceof Member member && member.crew == this;
  }

  private <I, R> R alone(I item, Function<I, R> work) {
    Libtorch.useThreads(threads);
    return work.apply(item);
  }

  /** The result, waited for whatever happens: what the work uses may be freed afterwards. */
  private static <R> R result(Future<R> work) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return work.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      // Functions throw nothing that is checked.
      throw (RuntimeException) e.getCause();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void end(Future<?> work) {
    try {
      Object unused = result(work);
    } catch (RuntimeException | Error e) {
      LOG.debug("after the first failure", e);
    }
  }

  @Override
  public void close() {
    members.shutdown();
  }
}
