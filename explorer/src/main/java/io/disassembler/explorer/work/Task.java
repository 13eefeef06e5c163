package io.disassembler.explorer.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Work that people wait for: how far it is, and its result as far as it is known. For use by many
 * threads.
 *
 * @param <R> the result; immutable, replaced by a more complete one as the work goes on
 */
public final class Task<R> {
  private final String id;
  private final List<CompletableFuture<Progress<R>>> waiting = new ArrayList<>();
  private Progress<R> progress;

  /** Whether work goes on. */
  public enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    public boolean isFinal() {
      return this == DONE || this == FAILED || this == CANCELLED;
    }
  }

  /**
   * How far a task is.
   *
   * @param version grows with every change
   * @param step what is being done, in words
   * @param done of {@code total} parts of that step; 0 of 0 where it has no parts
   * @param error what went wrong, in words, if it did
   * @param result as far as it is known
   */
  public record Progress<R>(
      int version,
      State state,
      String step,
      int done,
      int total,
      @Nullable String error,
      @Nullable R result) {}

  Task(String id) {
    this.id = id;
    progress = new Progress<>(1, State.WAITING, "Waiting for its turn", 0, 0, null, null);
  }

  public String id() {
    return id;
  }

  public synchronized Progress<R> progress() {
    return progress;
  }

  public Optional<R> result() {
    return Optional.ofNullable(progress().result());
  }

  /** Completes as soon as there is more to tell than version {@code seen}. */
  public synchronized CompletableFuture<Progress<R>> after(int seen) {
    if (progress.version() > seen || progress.state().isFinal()) {
      return CompletableFuture.completedFuture(progress);
    }
    waiting.removeIf(CompletableFuture::isDone);
    CompletableFuture<Progress<R>> next = new CompletableFuture<>();
    waiting.add(next);
    return next;
  }

  /**
   * A new step begins, or goes on.
   *
   * @throws CancellationException if no one waits for the task any more
   */
  void step(String step, int done, int total) {
    change(State.RUNNING, step, done, total, null, progress().result());
  }

  void step(String step) {
    step(step, 0, 0);
  }

  /**
   * More of the result is known.
   *
   * @throws CancellationException if no one waits for the task any more
   */
  void found(R result) {
    Progress<R> now = progress();
    change(State.RUNNING, now.step(), now.done(), now.total(), null, result);
  }

  /**
   * The result is complete. Nothing happens if that was said before.
   *
   * @throws CancellationException if no one waits for the task any more
   */
  synchronized void finish() {
    if (progress.state() == State.DONE) {
      return;
    }
    change(State.DONE, "Done", 0, 0, null, progress().result());
  }

  /** More is known of what is done; nothing happens if it is not. */
  synchronized void revise(UnaryOperator<R> revision) {
    R result = progress.result();
    if (progress.state() == State.DONE && result != null) {
      replace(State.DONE, progress.step(), 0, 0, null, revision.apply(result));
    }
  }

  /** The work came to nothing. */
  void fail(String words) {
    try {
      Progress<R> now = progress();
      change(State.FAILED, now.step(), 0, 0, words, now.result());
    } catch (CancellationException e) {
      // Whatever went wrong, no one waits for it.
    }
  }

  /** Lets the work stop at its next step. Nothing happens if it is over. */
  synchronized void cancel() {
    if (!progress.state().isFinal()) {
      replace(State.CANCELLED, "Cancelled", 0, 0, null, null);
    }
  }

  private synchronized void change(
      State state, String step, int done, int total, @Nullable String error, @Nullable R result) {
    if (progress.state().isFinal()) {
      throw new CancellationException(id);
    }
    replace(state, step, done, total, error, result);
  }

  private synchronized void replace(
      State state, String step, int done, int total, @Nullable String error, @Nullable R result) {
    progress = new Progress<>(progress.version() + 1, state, step, done, total, error, result);
    waiting.forEach(next -> next.complete(progress));
    waiting.clear();
  }
}
