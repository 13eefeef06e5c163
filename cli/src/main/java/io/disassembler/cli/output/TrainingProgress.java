package io.disassembler.cli.output;

import io.disassembler.graph.Network;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.training.EpochReport;
import io.disassembler.training.TrainingListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Writes the network whenever it got better and prints a line for each epoch. */
public final class TrainingProgress implements TrainingListener, AutoCloseable {
  private static final long PARTS = 1000;

  private final PrintWriter out;
  private final Path output;
  private final int epochs;
  private final LongSupplier clock;
  private final long start;
  private Optional<Progress> bar = Optional.empty();
  private double before;

  public TrainingProgress(PrintWriter out, Path output, int epochs) {
    this(out, output, epochs, System::nanoTime);
  }

  /**
   * @param clock tells nanoseconds
   */
  public TrainingProgress(PrintWriter out, Path output, int epochs, LongSupplier clock) {
    this.out = out;
    this.output = output;
    this.epochs = epochs;
    this.clock = clock;
    start = clock.getAsLong();
  }

  @Override
  public void started(double progress) {
    before = progress;
    bar = Optional.of(new Progress("Training", Math.round(progress * PARTS), PARTS));
  }

  @Override
  public void stepped(double progress, double loss) {
    bar.ifPresent(shown -> shown.update(Math.round(progress * PARTS), PARTS));
  }

  @Override
  public void improved(Network best) {
    OnnxWriter.write(best, output);
  }

  @Override
  public void epochEnded(EpochReport report) {
    double minutes = (clock.getAsLong() - start) / 60e9;
    if (report.epoch() == 0) {
      out.printf(Locale.ROOT, "before   validation mIoU %.4f%n", report.validation().meanIou());
      out.flush();
      return;
    }
    out.printf(
        Locale.ROOT,
        "epoch %d/%d  loss %.4f  validation mIoU %.4f%s  %.1f images/s  %.1f min, %.1f min left%n",
        report.epoch(),
        epochs,
        report.loss(),
        report.validation().meanIou(),
        report.improved() ? " (best)" : "",
        report.images() / report.trainingSeconds(),
        minutes,
        minutes / (report.progress() - before) * (1 - report.progress()));
    out.flush();
  }

  @Override
  public void close() {
    bar.ifPresent(Progress::close);
  }
}
