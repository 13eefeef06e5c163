package io.disassembler.evaluation;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.EvaluationResult.LabelSource;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Images held in memory with what a network predicts on them: any number of networks that were cut
 * from it can be judged against it, each image decoded and the reference run but once.
 */
public final class ReferenceImages implements AutoCloseable {
  private static final int DECODERS = 2;

  private final EvaluatedModel reference;
  private final EvaluationSettings settings;
  private final LabelSource labelSource;
  private final InputTensor input;
  private final List<LoadedImage> images = new ArrayList<>();
  private final List<int[]> labels = new ArrayList<>();
  private final List<int[]> predictions = new ArrayList<>();
  private int broken;

  private ReferenceImages(
      EvaluatedModel reference,
      Preprocessor preprocessor,
      LabelSource labelSource,
      EvaluationSettings settings) {
    this.reference = reference;
    this.settings = settings;
    this.labelSource = labelSource;
    this.input =
        new InputTensor(
            1, preprocessor.channels(), settings.size().height(), settings.size().width());
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
    Preprocessor preprocessor = new Preprocessor(card, settings.size());
    requireFit(samples.size(), preprocessor, settings);
    LabelSource labels =
        samples.get(0).mask() != null ? LabelSource.MASKS : LabelSource.REFERENCE_PREDICTION;
    ReferenceImages images =
        new ReferenceImages(
            EvaluatedModel.reference(reference, card.categories(), settings),
            preprocessor,
            labels,
            settings);
    try (ImageLoader loader =
        new ImageLoader(samples, preprocessor, DECODERS, settings.keepGoing())) {
      while (loader.hasNext()) {
        LoadedImage image = loader.next();
        images.add(image);
        listener.evaluated(image.index() + 1, samples.size());
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
    long bytes = 4L * images * settings.size().area() * (preprocessor.channels() + 2);
    long most = Runtime.getRuntime().maxMemory() / 2;
    if (bytes > most) {
      throw new InvalidInputException(
          "%d images of %s take %d MB of memory, more than half of the %d MB there are; take fewer, or give Java more memory (-Xmx)"
              .formatted(images, settings.size(), bytes >> 20, most >> 19),
          Setting.IMAGE_LIMIT);
    }
  }

  private void add(LoadedImage image) {
    input.fill(image.pixels());
    int[] prediction = reference.predict(input);
    int[] given = image.labels();
    int[] label = given != null ? given : prediction;
    reference.count(label, prediction, prediction);
    images.add(image);
    labels.add(label);
    predictions.add(prediction);
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
    return ImageDigest.sha256(images.stream().map(LoadedImage::pixels).toList(), labels);
  }

  /** What the reference predicts in its own categories, one array for each image. */
  public List<int[]> predictions() {
    return List.copyOf(predictions);
  }

  /**
   * What a network with the reference's categories predicts, one array for each image.
   *
   * @throws InvalidInputException if it has other categories or cannot be run
   */
  public List<int[]> predict(EvaluationSubject network) {
    try (EvaluatedModel model = EvaluatedModel.compared(network, reference, settings)) {
      List<int[]> found = new ArrayList<>();
      for (LoadedImage image : images) {
        input.fill(image.pixels());
        found.add(model.predict(input));
      }
      return found;
    }
  }

  /**
   * Judges predictions in the reference's categories as those of a sub-network: categories that
   * {@code mapping} does not choose are renamed to {@code other}, for the reference too.
   */
  public List<ComparedCategory> judge(List<int[]> found, CategoryMapping mapping) {
    PairedCounts counts = new PairedCounts(mapping);
    for (int image = 0; image < labels.size(); image++) {
      counts.add(labels.get(image), predictions.get(image), mapping.apply(found.get(image)));
    }
    return counts.categories();
  }

  /**
   * Runs a network that was cut from the reference, with its own head, over all images.
   *
   * @throws InvalidInputException if it was cut from another network or cannot be run
   */
  public NetworkResult judge(EvaluationSubject network) {
    return judge(network, (done, total) -> {});
  }

  /** The same, telling {@code listener} of every image. */
  public NetworkResult judge(EvaluationSubject network, EvaluationListener listener) {
    try (EvaluatedModel model = EvaluatedModel.compared(network, reference, settings)) {
      for (int image = 0; image < images.size(); image++) {
        input.fill(images.get(image).pixels());
        model.count(labels.get(image), predictions.get(image), model.predict(input));
        listener.evaluated(image + 1, images.size());
      }
      return model.networkResult(null);
    }
  }

  /**
   * The whole of what {@link #judge(EvaluationSubject)} finds.
   *
   * @param latencies of the reference and of the network, as {@link #latencies} measured them
   * @param listener sees what the network predicts on each image, as that of network 0
   */
  public EvaluationResult evaluate(
      EvaluationSubject network, List<Latency> latencies, PredictionListener listener) {
    try (EvaluatedModel model = EvaluatedModel.compared(network, reference, settings)) {
      for (int image = 0; image < images.size(); image++) {
        input.fill(images.get(image).pixels());
        int[] found = model.predict(input);
        model.count(labels.get(image), predictions.get(image), found);
        listener.predicted(0, model.onImage(images.get(image), predictions.get(image), found));
      }
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
    try (EvaluatedModel model = EvaluatedModel.compared(network, reference, settings)) {
      List<List<ComparedCategory>> found = new ArrayList<>();
      for (int image = 0; image < images.size(); image++) {
        input.fill(images.get(image).pixels());
        found.add(model.compare(labels.get(image), predictions.get(image), model.predict(input)));
      }
      return found;
    }
  }

  /**
   * What the reference predicts on another image, in its own categories.
   *
   * @param image channels x height x width (CHW)
   */
  public int[] predict(float[] image) {
    input.fill(image);
    return reference.predict(input);
  }

  /**
   * What a network that was cut from the reference predicts on another image, in its own
   * categories.
   *
   * @param image channels x height x width (CHW)
   */
  public int[] predict(EvaluationSubject network, float[] image) {
    try (EvaluatedModel model = EvaluatedModel.compared(network, reference, settings)) {
      input.fill(image);
      return model.predict(input);
    }
  }

  /** A network's median latency as a share of the reference's, measured in turn. */
  public double latencyRatio(EvaluationSubject network, LatencySettings latency) {
    List<Latency> found = latencies(network, latency);
    return found.get(1).ratioTo(found.get(0));
  }

  /** The latencies of the reference and of a network, measured in turn. */
  public List<Latency> latencies(EvaluationSubject network, LatencySettings latency) {
    try (EvaluatedModel model = EvaluatedModel.compared(network, reference, settings)) {
      input.fill(images.get(0).pixels());
      return Latency.measure(List.of(reference.model(), model.model()), input, latency);
    }
  }

  @Override
  public void close() {
    input.close();
    reference.close();
  }
}
