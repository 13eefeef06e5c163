package io.disassembler.recovery;

import io.disassembler.engine.Crew;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * All batches of calibration images on their way, and who leads them.
 *
 * @param crew works on the batches side by side
 */
record PairedRuns(List<PairedRun> runs, Crew crew) {
  PairedRuns {
    runs = List.copyOf(runs);
  }

  int count() {
    return runs.size();
  }

  /** How many samples of one batch are enough where {@code wanted} of all are. */
  long share(long wanted) {
    return (wanted + count() - 1) / count();
  }

  /** Does {@code work} on every batch. */
  void each(Consumer<PairedRun> work) {
    crew.each(runs, work);
  }

  /** See {@link Crew#tensors}. */
  void each(Function<PairedRun, List<Tensor>> work, BiConsumer<PairedRun, List<Tensor>> then) {
    crew.tensors(runs, work, then);
  }
}
