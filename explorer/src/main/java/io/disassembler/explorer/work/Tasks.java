package io.disassembler.explorer.work;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tasks of one kind. Each session waits for one at a time, the one that it asked for last; sessions
 * that ask for the same thing share it. A task that no session waits for any more is cancelled, but
 * one that is over is kept for those who ask again. For use by many threads.
 */
final class Tasks<R> implements AutoCloseable {
  private final Workers workers;
  private final Consumer<R> dropped;
  // Never more than there are workers and places in their queue.
  private final Map<String, Task<R>> live = new LinkedHashMap<>();
  private final Recent<String, Task<R>> over;
  private final Map<String, String> taskOf = new HashMap<>();
  private final Map<String, Set<String>> sessionsOf = new HashMap<>();

  /**
   * @param most how many are kept that are over
   * @param dropped told of the result of every task that is not kept any more
   */
  Tasks(Workers workers, int most, Consumer<R> dropped) {
    this.workers = workers;
    this.dropped = dropped;
    over = new Recent<>(most, this::drop);
  }

  /**
   * The task called {@code id}, begun if it was not; what the session waited for before is left.
   *
   * @param work ends with its task, or with a CancellationException
   */
  synchronized Task<R> start(String session, String id, Consumer<Task<R>> work) {
    if (!id.equals(taskOf.get(session))) {
      leave(session);
    }
    Task<R> task = find(id).orElse(null);
    if (task != null && hasStopped(task)) {
      retire(task);
      task = null;
    }
    if (task == null) {
      task = new Task<>(id);
      workers.start(task, work, this::retire);
      live.put(id, task);
    }
    if (!task.progress().state().isFinal()) {
      taskOf.put(session, id);
      sessionsOf.computeIfAbsent(id, key -> new HashSet<>()).add(session);
    }
    return task;
  }

  synchronized Optional<Task<R>> find(String id) {
    Task<R> task = live.get(id);
    return task != null ? Optional.of(task) : over.get(id);
  }

  /** The session does not wait any more. */
  synchronized void leave(String session) {
    String id = taskOf.remove(session);
    if (id == null) {
      return;
    }
    Set<String> others = sessionsOf.getOrDefault(id, new HashSet<>());
    others.remove(session);
    Task<R> task = live.get(id);
    if (others.isEmpty() && task != null) {
      task.cancel();
      retire(task);
    }
  }

  /** Keeps a task that is over; no one waits for it. */
  private synchronized void retire(Task<R> task) {
    if (!live.remove(task.id(), task)) {
      return; // it was cancelled, and perhaps asked for again since
    }
    Set<String> sessions = sessionsOf.remove(task.id());
    if (sessions != null) {
      sessions.forEach(session -> taskOf.remove(session, task.id()));
    }
    over.put(task.id(), task);
  }

  private void drop(Task<R> task) {
    task.cancel();
    if (task.progress().state() == Task.State.DONE) {
      task.result().ifPresent(dropped);
    }
  }

  private static boolean hasStopped(Task<?> task) {
    Task.State state = task.progress().state();
    return state == Task.State.CANCELLED || state == Task.State.FAILED;
  }

  /** Number of tasks that are kept or under way. */
  synchronized int size() {
    return live.size() + over.size();
  }

  @Override
  public synchronized void close() {
    live.values().forEach(this::drop);
    live.clear();
    over.clear();
  }
}
