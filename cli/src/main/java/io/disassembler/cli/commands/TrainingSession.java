package io.disassembler.cli.commands;

import io.disassembler.base.Replacement;
import io.disassembler.cli.options.TrainingOptions;
import io.disassembler.cli.output.LearningCurve;
import io.disassembler.cli.output.TrainingProgress;
import io.disassembler.graph.Network;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.training.TrainingLog;
import io.disassembler.training.TrainingRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** Runs a training run from the command line and writes what comes of it. */
final class TrainingSession {
  private final PrintWriter out;
  private final TrainingOptions options;
  private final Path output;

  TrainingSession(PrintWriter out, TrainingOptions options, Path output) {
    this.out = out;
    this.options = options;
    this.output = output;
  }

  /**
   * Trains and writes the network, the log and the learning curve.
   *
   * @param epochs number of epochs there may be
   * @return what was measured
   */
  TrainingLog run(TrainingRun run, int epochs) {
    StateCheckpoint checkpoint = StateCheckpoint.beside(output, options.resume());
    try (TrainingProgress progress = new TrainingProgress(out, output, epochs)) {
      Network best = run.run(checkpoint, progress);
      OnnxWriter.write(best, output);
    }
    TrainingLog log = new TrainingLog(run.reports());
    if (options.json() != null) {
      Replacement.write(options.json(), log.toJson());
    }
    if (options.curve() != null) {
      LearningCurve.write(log, options.curve());
    }
    checkpoint.remove();
    out.printf(
        Locale.ROOT,
        "Best validation mIoU %.4f after epoch %d. Written: %s%n",
        log.best().validation().meanIou(),
        log.best().epoch(),
        output);
    out.flush();
    return log;
  }
}
