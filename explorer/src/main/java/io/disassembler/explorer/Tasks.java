package io.disassembler.explorer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tasks of one kind. Each session waits for one at a time, the one that it asked for last; sessions
 * that ask for the same thing share it. A task that no session waits for any more is cancelled, but
 * one that is done is kept for those who ask again. For use by many threads.
 */
final class Tasks<R> implements AutoCloseable {
  private final Workers workers;
  private final Recent<String, Task<R>> recent;
  private final Map<String, String> taskOf = new HashMap<>();
  private final Map<String, Set<String>> sessionsOf = new HashMap<>();

  /**
   * @param most how many are kept
   * @param dropped told of the result of every task that is not kept any more
   */
  Tasks(Workers workers, int most, Consumer<R> dropped) {
    this.workers = workers;
    this.recent =
        new Recent<>(
            most,
            task -> {
              if (task.progress().state() == Task.State.DONE) {
                task.result().ifPresent(dropped);
              }
              task.cancel();
            });
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
    Task<R> task = recent.get(id).filter(known -> !hasStopped(known)).orElse(null);
    if (task == null) {
      task = new Task<>(id);
      workers.start(
          task,
          started -> {
            try {
              work.accept(started);
            } finally {
              forget(started);
            }
          });
      recent.put(id, task);
    }
    if (!task.progress().state().isFinal()) {
      taskOf.put(session, id);
      sessionsOf.computeIfAbsent(id, key -> new HashSet<>()).add(session);
    }
    return task;
  }

  Optional<Task<R>> find(String id) {
    return recent.get(id);
  }

  /** The session does not wait any more. */
  synchronized void leave(String session) {
    String id = taskOf.remove(session);
    if (id == null) {
      return;
    }
    Set<String> others = sessionsOf.getOrDefault(id, new HashSet<>());
    others.remove(session);
    if (others.isEmpty()) {
      sessionsOf.remove(id);
      recent.get(id).filter(task -> !task.progress().state().isFinal()).ifPresent(Task::cancel);
    }
  }

  /** No one waits for a task that is over. */
  private synchronized void forget(Task<R> over) {
    if (recent.get(over.id()).filter(task -> task != over).isPresent()) {
      return; // it was cancelled, and asked for again since
    }
    Set<String> sessions = sessionsOf.remove(over.id());
    if (sessions != null) {
      sessions.forEach(session -> taskOf.remove(session, over.id()));
    }
  }

  private static boolean hasStopped(Task<?> task) {
    Task.State state = task.progress().state();
    return state == Task.State.CANCELLED || state == Task.State.FAILED;
  }

  /** Number of tasks that are kept. */
  int size() {
    return recent.size();
  }

  @Override
  public void close() {
    recent.clear();
  }
}
