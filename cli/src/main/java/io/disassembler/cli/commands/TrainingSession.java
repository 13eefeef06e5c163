package io.disassembler.cli.commands;

import io.disassembler.cli.options.TrainingOptions;
import io.disassembler.cli.output.JsonOption;
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
  private final JsonOption json;
  private final Path output;

  TrainingSession(PrintWriter out, TrainingOptions options, JsonOption json, Path output) {
    this.out = out;
    this.options = options;
    this.json = json;
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
    json.write(log.toJson(), options.provenance());
    return log;
  }
}
