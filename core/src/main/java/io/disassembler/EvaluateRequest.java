package io.disassembler;

import io.disassembler.evaluation.Evaluation;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.evaluation.EvaluationSettings;
import io.disassembler.evaluation.EvaluationSubject;
import io.disassembler.evaluation.LabelDoubt;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.evaluation.PredictionListener;
import io.disassembler.probe.CategoryProbe;
import io.disassembler.probe.ProbedNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks how sub-networks fare against the full network on the same images, in ONNX Runtime: a
 * builder.
 */
public final class EvaluateRequest {
  private static final String TASK = "Evaluating";
  private static final String PROBING = "Probing";

  private final SegmentationNetwork full;
  private final ImageSet images;
  private final List<SegmentationNetwork> networks = new ArrayList<>();
  private @Nullable LatencySettings latency = LatencySettings.DEFAULT;
  private @Nullable PredictionListener predictions;

  EvaluateRequest(SegmentationNetwork full, ImageSet images) {
    this.full = full;
    this.images = images;
  }

  /** Of a sub-network that was written. */
  public EvaluateRequest of(Path subNetwork) {
    return of(full.opening().of(subNetwork).open());
  }

  /** Of a sub-network that was opened. */
  public EvaluateRequest of(SegmentationNetwork subNetwork) {
    networks.add(subNetwork);
    return this;
  }

  /** With latency measured in another way; null: not measured. */
  public EvaluateRequest latency(@Nullable LatencySettings settings) {
    latency = settings;
    return this;
  }

  /** With someone who sees what is predicted on each image. */
  public EvaluateRequest predictions(PredictionListener listener) {
    predictions = listener;
    return this;
  }

  /**
   * Runs all networks on all images.
   *
   * @throws io.disassembler.base.InvalidInputException if a network cannot be run or was not cut
   *     from the full one, or too many images cannot be read
   */
  public EvaluationResult run() {
    List<EvaluationSubject> subjects =
        networks.stream().map(SegmentationNetwork::evaluationSubject).toList();
    EvaluationSettings settings = full.evaluationSettings(images.keepsGoing(), latency);
    EvaluationResult result =
        Steps.count(
            full.progress(),
            TASK,
            images.size(),
            step ->
                Evaluation.run(
                    full.evaluationSubject(),
                    full.card(images),
                    subjects,
                    images.samples(),
                    settings,
                    step::done,
                    predictions));
    LabelDoubt doubt = result.doubt();
    if (doubt != null) {
      full.progress().warned(doubt.text());
    }
    return result;
  }

  /**
   * Asks what of the removed categories can still be read from each network's last feature map:
   * every other image teaches a linear classifier, the others judge it. Labels are the full
   * network's decisions.
   *
   * @return in the order of the networks
   * @throws io.disassembler.base.InvalidInputException if a network was not cut from the full one,
   *     or there are fewer than 4 images
   * @throws io.disassembler.base.UnattainableException if the full network has only one category,
   *     or a network's last layer reads no feature map
   */
  public List<ProbedNetwork> probe() {
    return Steps.count(
        full.progress(),
        PROBING,
        images.size(),
        step ->
            CategoryProbe.run(
                subject(full),
                full.card(images),
                networks.stream().map(EvaluateRequest::subject).toList(),
                images.samples(),
                images.keepsGoing(),
                done -> step.done(done, images.size())));
  }

  private static CategoryProbe.Subject subject(SegmentationNetwork network) {
    return new CategoryProbe.Subject(
        network.file(), network.anatomy(), network.input(), network.output());
  }
}
