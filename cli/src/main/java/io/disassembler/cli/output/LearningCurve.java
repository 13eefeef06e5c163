package io.disassembler.cli.output;

import io.disassembler.base.Replacement;
import io.disassembler.training.EpochReport;
import io.disassembler.training.TrainingLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** Draws loss and validation mIoU over the epochs. */
public final class LearningCurve {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;

  private LearningCurve() {}

  /**
   * Writes the picture as PNG.
   *
   * @throws io.disassembler.base.InvalidInputException if the file cannot be written
   */
  public static void write(TrainingLog log, Path file) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Learning curve")
            .xAxisTitle("epoch")
            .build();
    chart.setYAxisGroupTitle(0, "training loss");
    chart.setYAxisGroupTitle(1, "validation mIoU");
    List<EpochReport> trained = log.epochs().stream().filter(report -> report.epoch() > 0).toList();
    chart
        .addSeries("loss", epochs(trained), trained.stream().map(EpochReport::loss).toList())
        .setYAxisGroup(0);
    chart
        .addSeries(
            "mIoU",
            epochs(log.epochs()),
            log.epochs().stream().map(report -> report.validation().meanIou()).toList())
        .setYAxisGroup(1);
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BitmapEncoder.saveBitmap(chart, bytes, BitmapEncoder.BitmapFormat.PNG);
      Replacement.write(file, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Integer> epochs(List<EpochReport> reports) {
    return reports.stream().map(EpochReport::epoch).toList();
  }
}
