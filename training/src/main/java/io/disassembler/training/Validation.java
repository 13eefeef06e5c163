package io.disassembler.training;

import io.disassembler.attribution.DecisionScores;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.engine.Engine;
import io.disassembler.engine.Forward;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.evaluation.IouCounter;
import io.disassembler.input.ImageBatch;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/** Measures a network on labelled images between epochs. */
final class Validation {
  private final Trainee trainee;
  private final List<Sample> samples;
  private final Preprocessor preprocessor;
  private final int batch;

  Validation(Trainee trainee, List<Sample> samples, int batch) {
    this.trainee = trainee;
    this.samples = List.copyOf(samples);
    this.batch = batch;
    preprocessor = new Preprocessor(trainee.card(), trainee.input().size());
  }

  ValidationResult run(Engine engine, Objective objective, boolean keepGoing) {
    int categories = trainee.card().categories().size();
    IouCounter counter = new IouCounter(categories);
    ForwardRequest request = ForwardRequest.keeping(Set.of(trainee.logits()));
    try (ImageLoader loader = new ImageLoader(samples, preprocessor, keepGoing)) {
      while (loader.hasNext()) {
        ImageBatch images = ImageBatch.next(loader, batch, trainee.fixedBatch());
        Batch filled = Batch.of(images.images(), preprocessor.size());
        long[] truth = objective.truth(filled);
        engine.run(
            Map.of(trainee.input().name(), filled.images()),
            request,
            forward -> count(forward, images.distinct(), truth, counter));
      }
    }
    List<Double> ious = new ArrayList<>();
    for (int category = 0; category < categories; category++) {
      ious.add(counter.counts(category).iou());
    }
    return new ValidationResult(ious);
  }

  private boolean count(Forward forward, int images, long[] truth, IouCounter counter) {
    Tensor logits = forward.value(trainee.logits());
    Tensor maps =
        LabelLoss.enlarge(logits, preprocessor.size().height(), preprocessor.size().width());
    DecisionScores decisions = trainee.decisions();
    Tensor scores = decisions.atThresholds(decisions.of(maps), trainee.card());
    long[] predictions =
        DecisionLabels.of(decisions)
            .labels(
                TensorData.longs(scores.argmax(new LongOptional(1), false)),
                Math.toIntExact(maps.size(0)));
    for (int n = 0; n < images; n++) {
      if (trainee.card().independent()) {
        counter.addSets(image(truth, n), image(predictions, n));
      } else {
        counter.add(image(truth, n), image(predictions, n));
      }
    }
    return true;
  }

  private int[] image(long[] categories, int n) {
    int area = preprocessor.size().area();
    return Arrays.stream(categories, n * area, (n + 1) * area).mapToInt(c -> (int) c).toArray();
  }
}
