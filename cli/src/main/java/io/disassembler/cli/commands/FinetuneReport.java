package io.disassembler.cli.commands;

import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.cli.options.ImageOptions;
import io.disassembler.cli.output.TypedCommand;
import io.disassembler.data.DataSet;
import io.disassembler.figures.LineChart;
import io.disassembler.report.Curves;
import io.disassembler.report.Facts;
import io.disassembler.report.Report;
import io.disassembler.report.ReportedEvaluation;
import io.disassembler.report.Section;
import io.disassembler.training.EpochReport;
import io.disassembler.training.TrainingData;
import io.disassembler.training.TrainingLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The report of {@code finetune}: the network beside its teacher, or else beside itself before.
 *
 * @param before the network as it was
 * @param after the network as it was written
 * @param teacher null if it learned from masks
 */
record FinetuneReport(
    @Nullable CommandSpec spec,
    SegmentationNetwork before,
    SegmentationNetwork after,
    @Nullable SegmentationNetwork teacher,
    TrainingData data,
    TrainingLog log,
    ImageOptions images) {

  Report page() {
    return new Report(title(), lead(), sections());
  }

  private String title() {
    return "Finetuning of " + before.file().getFileName();
  }

  private String lead() {
    double start = log.epochs().get(0).validation().meanIou();
    String after =
        log.best().epoch() == 0
            ? "no epoch did better"
            : String.format(
                Locale.ROOT,
                "%.3f after epoch %d",
                log.best().validation().meanIou(),
                log.best().epoch());
    int images = data.validation().size();
    return String.format(
        Locale.ROOT,
        "Validation mIoU %.3f before, %s, on %d image%s.",
        start,
        after,
        images,
        images == 1 ? "" : "s");
  }

  private List<Section> sections() {
    SegmentationNetwork reference = teacher != null ? teacher : before;
    ReportedEvaluation evaluation =
        Evaluating.run(
            reference,
            List.of(after),
            ImageSet.of(images.text(), new DataSet(data.validation(), null))
                .keepGoing(images.keepGoing()),
            null);
    List<Section> sections = new ArrayList<>();
    sections.add(new Facts("What was asked", asked()));
    sections.add(validation());
    sections.add(loss());
    sections.add(evaluation.costs());
    sections.add(evaluation.categories());
    if (teacher != null) {
      sections.addAll(evaluation.layers()); // finetuning alone changes none
    }
    sections.addAll(
        evaluation.examples(
            teacher != null ? "teacher" : "network before finetuning", "network after finetuning"));
    sections.addAll(TypedCommand.reproduction(spec).sections(hashes()));
    return sections;
  }

  private Section validation() {
    return new Curves(
        "Validation over the epochs",
        "Mean IoU on the validation images before finetuning (epoch 0) and after each epoch; the weights that did best were written. Without masks it is agreement with the teacher.",
        chart("mean IoU", "validation", log.epochs(), report -> report.validation().meanIou()));
  }

  private Section loss() {
    List<EpochReport> trained = log.epochs().stream().filter(report -> report.epoch() > 0).toList();
    return new Curves(
        "Training loss over the epochs",
        "Mean loss over the steps of each epoch.",
        chart("loss", "training", trained, EpochReport::loss));
  }

  private static LineChart chart(
      String y,
      String name,
      List<EpochReport> reports,
      java.util.function.ToDoubleFunction<EpochReport> measure) {
    LineChart.Line line =
        new LineChart.Line(
            name,
            reports.stream().map(report -> (double) report.epoch()).toList(),
            reports.stream().map(measure::applyAsDouble).toList());
    return new LineChart(name, "epoch", y, reports.isEmpty() ? List.of() : List.of(line));
  }

  private Map<String, String> asked() {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("network", before.file().toString());
    asked.put("learns from", teacher == null ? "masks" : teacher.file() + ", without masks");
    asked.put("epochs", Integer.toString(log.epochs().size() - 1));
    asked.put(
        "images",
        "%s; %d to train on, %d to validate"
            .formatted(images.text(), data.training().size(), data.validation().size()));
    return asked;
  }

  private Map<String, String> hashes() {
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put(before.file().toString(), before.sha256());
    hashes.put(after.file().toString(), after.sha256());
    if (teacher != null) {
      hashes.put(teacher.file().toString(), teacher.sha256());
    }
    return hashes;
  }
}
