package io.disassembler.evaluation;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.LabelMap;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.MaskSurvey;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.EvaluationResult.LabelSource;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.input.ImageBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Images held in memory with what a network predicts on them: any number of networks that were cut
 * from it can be judged against it, each image decoded and the reference run but once.
 */
public final class ReferenceImages implements AutoCloseable {
  private final EvaluatedModel reference;
  private final EvaluationSettings settings;
  private final LabelSource labelSource;
  private final InputTensor input;
  private final List<Seen> images = new ArrayList<>();
  private int broken;
  private long bytes;

  /**
   * An image.
   *
   * @param labels what it shows, in the reference's categories
   * @param prediction the reference's, in its own categories, of the labels' size
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Seen(LoadedImage image, LabelMap labels, int[] prediction) {
    long bytes() {
      return 4L * (image.pixels().length + labels.values().length + prediction.length);
    }
  }

  /** Is told what a network predicts on an image. */
  private interface Observer {
    void predicted(EvaluatedModel network, Seen image, int[] found);
  }

  private ReferenceImages(
      EvaluatedModel reference,
      Preprocessor preprocessor,
      LabelSource labelSource,
      EvaluationSettings settings) {
    this.reference = reference;
    this.settings = settings;
    this.labelSource = labelSource;
    this.input = new InputTensor(ImageBatch.shape(1, preprocessor.channels(), settings.size()));
  }

  /**
   * Loads images and runs the reference on them.
   *
   * @param samples with masks, or all without: then the reference's prediction is the label
   * @throws InvalidInputException if there are none, more than fit into half of the memory, or too
   *     many are broken
   */
  public static ReferenceImages load(
      EvaluationSubject reference,
      NetworkCard card,
      List<Sample> samples,
      EvaluationSettings settings,
      EvaluationListener listener) {
    Preprocessor preprocessor = settings.preprocessor(card);
    requireFit(preprocessor.parts(samples).size(), preprocessor, settings);
    MaskSurvey.require(samples, card);
    LabelSource labels =
        samples.get(0).mask() != null ? LabelSource.MASKS : LabelSource.REFERENCE_PREDICTION;
    ReferenceImages images =
        new ReferenceImages(
            EvaluatedModel.reference(reference, card, settings), preprocessor, labels, settings);
    try (ImageLoader loader = new ImageLoader(samples, preprocessor, settings.keepGoing())) {
      while (loader.hasNext()) {
        LoadedImage image = loader.next();
        images.add(image);
        images.requireFit(loader.count());
        listener.evaluated(image.index() + 1, loader.count());
      }
      images.broken = loader.broken().size();
      return images;
    } catch (RuntimeException e) {
      images.close();
      throw e;
    }
  }

  private static void requireFit(
      int images, Preprocessor preprocessor, EvaluationSettings settings) {
    if (images == 0) {
      throw new InvalidInputException("expected at least one image to evaluate on, found none");
    }
    requireFit(
        images, settings, 4L * images * settings.size().area() * (preprocessor.channels() + 2));
  }

  /** Masks may be far larger than the input: as if all images were like those so far. */
  private void requireFit(int all) {
    requireFit(all, settings, bytes / images.size() * all);
  }

  private static void requireFit(int images, EvaluationSettings settings, long bytes) {
    long most = Runtime.getRuntime().maxMemory() / 2;
    if (bytes > most) {
      throw new InvalidInputException(
          "%d images of %s take %d MB of memory with their masks, more than half of the %d MB there are; take fewer, or give Java more memory (-Xmx)"
              .formatted(images, settings.size(), bytes >> 20, most >> 19),
          Setting.IMAGE_LIMIT);
    }
  }

  private void add(LoadedImage image) {
    LabelMap given = image.labels();
    Size at = given != null ? given.size() : settings.size();
    int[] prediction = predict(reference, image.pixels(), at);
    LabelMap labels = given != null ? given : new LabelMap(at, prediction);
    reference.count(labels.values(), prediction, prediction);
    Seen seen = new Seen(image, labels, prediction);
    images.add(seen);
    bytes += seen.bytes();
  }

  /** Number of images. */
  public int size() {
    return images.size();
  }

  /** What predictions are compared with. */
  public LabelSource labelSource() {
    return labelSource;
  }

  /** SHA-256, in hexadecimal, of the images' pixels and labels as networks see them. */
  public String sha256() {
    return ImageDigest.sha256(
        images.stream().map(seen -> seen.image().pixels()).toList(),
        images.stream().map(seen -> seen.labels().values()).toList());
  }

  /** What the reference predicts in its own categories, one array for each image's labels. */
  public List<int[]> predictions() {
    return images.stream().map(Seen::prediction).toList();
  }

  /**
   * What a network with the reference's categories predicts, one array for each image.
   *
   * @throws InvalidInputException if it has other categories or cannot be run
   */
  public List<int[]> predict(EvaluationSubject network) {
    try (EvaluatedModel model = compared(network)) {
      List<int[]> all = new ArrayList<>();
      run(model, (ran, image, found) -> all.add(found), (done, total) -> {});
      return all;
    }
  }

  /**
   * Judges predictions in the reference's categories as those of a sub-network: categories that
   * {@code mapping} does not choose are renamed to {@code other}, for the reference too.
   */
  public List<ComparedCategory> judge(List<int[]> found, CategoryMapping mapping) {
    PairedCounts counts = new PairedCounts(mapping);
    for (int i = 0; i < images.size(); i++) {
      Seen image = images.get(i);
      counts.add(image.labels().values(), image.prediction(), mapping.apply(found.get(i)));
    }
    return counts.categories();
  }

  /** The same of each image apart. */
  public List<List<ComparedCategory>> judgeEach(List<int[]> found, CategoryMapping mapping) {
    List<List<ComparedCategory>> each = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      PairedCounts counts = new PairedCounts(mapping);
      Seen image = images.get(i);
      counts.add(image.labels().values(), image.prediction(), mapping.apply(found.get(i)));
      each.add(counts.categories());
    }
    return each;
  }

  /**
   * Runs a network that was cut from the reference, with its own head, over all images.
   *
   * @throws InvalidInputException if it was cut from another network or cannot be run
   */
  public NetworkResult judge(EvaluationSubject network) {
    try (EvaluatedModel model = compared(network)) {
      run(model, ReferenceImages::count, (done, total) -> {});
      return model.networkResult(null);
    }
  }

  /**
   * The same, telling of every image.
   *
   * @param predictions sees what the network predicts on each image, as that of network 0
   */
  public NetworkResult judge(
      EvaluationSubject network, PredictionListener predictions, EvaluationListener listener) {
    try (EvaluatedModel model = compared(network)) {
      run(model, counted(predictions), listener);
      return model.networkResult(null);
    }
  }

  /** Counts what a network predicts, and shows it to {@code predictions}. */
  private static Observer counted(PredictionListener predictions) {
    return (model, image, found) -> {
      count(model, image, found);
      predictions.predicted(
          0, model.onImage(image.image(), image.labels(), image.prediction(), found));
    };
  }

  /**
   * The whole of what {@link #judge(EvaluationSubject)} finds.
   *
   * @param latencies of the reference and of the network, as {@link #latencies} measured them
   * @param listener sees what the network predicts on each image, as that of network 0
   */
  public EvaluationResult evaluate(
      EvaluationSubject network, List<Latency> latencies, PredictionListener listener) {
    try (EvaluatedModel model = compared(network)) {
      run(model, counted(listener), (done, total) -> {});
      return new EvaluationResult(
          labelSource,
          images.size(),
          broken,
          settings.size(),
          settings.threads(),
          reference.referenceResult(latencies.get(0)),
          List.of(model.networkResult(latencies.get(1))));
    }
  }

  /** As {@link #judge(EvaluationSubject)}, the chosen categories' counts of each image apart. */
  public List<List<ComparedCategory>> judgeEach(EvaluationSubject network) {
    List<List<ComparedCategory>> each = new ArrayList<>();
    Observer observer =
        (model, image, found) ->
            each.add(model.compare(image.labels().values(), image.prediction(), found));
    try (EvaluatedModel model = compared(network)) {
      run(model, observer, (done, total) -> {});
      return each;
    }
  }

  /**
   * What the reference predicts on another image, in its own categories, at the input's size.
   *
   * @param image channels x height x width (CHW)
   */
  public int[] predict(float[] image) {
    return predict(reference, image, settings.size());
  }

  /**
   * What a network that was cut from the reference predicts on another image, in its own
   * categories, at the input's size.
   *
   * @param image channels x height x width (CHW)
   */
  public int[] predict(EvaluationSubject network, float[] image) {
    try (EvaluatedModel model = compared(network)) {
      return predict(model, image, settings.size());
    }
  }

  /** A network's median latency as a share of the reference's, measured in turn. */
  public double latencyRatio(EvaluationSubject network, LatencySettings latency) {
    List<Latency> found = latencies(network, latency);
    return found.get(1).ratioTo(found.get(0));
  }

  /** The latencies of the reference and of a network, measured in turn. */
  public List<Latency> latencies(EvaluationSubject network, LatencySettings latency) {
    try (EvaluatedModel model = compared(network)) {
      input.fill(images.get(0).image().pixels());
      return Latency.measure(List.of(reference.model(), model.model()), input, latency);
    }
  }

  private EvaluatedModel compared(EvaluationSubject network) {
    return EvaluatedModel.compared(network, reference, settings);
  }

  private void run(EvaluatedModel model, Observer observer, EvaluationListener listener) {
    for (int i = 0; i < images.size(); i++) {
      Seen image = images.get(i);
      observer.predicted(
          model, image, predict(model, image.image().pixels(), image.labels().size()));
      listener.evaluated(i + 1, images.size());
    }
  }

  private static void count(EvaluatedModel model, Seen image, int[] found) {
    model.count(image.labels().values(), image.prediction(), found);
  }

  private int[] predict(EvaluatedModel model, float[] pixels, Size at) {
    input.fill(pixels);
    return model.predict(input, at);
  }

  @Override
  public void close() {
    input.close();
    reference.close();
  }
}
