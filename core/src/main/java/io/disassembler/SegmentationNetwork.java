package io.disassembler;

import io.disassembler.attribution.Logits;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Inspection;
import io.disassembler.check.CheckResult;
import io.disassembler.check.CheckSettings;
import io.disassembler.check.NetworkCheck;
import io.disassembler.check.TrialPixels;
import io.disassembler.data.ColorOrder;
import io.disassembler.data.DecisionRule;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.evaluation.Evaluation;
import io.disassembler.evaluation.EvaluationSettings;
import io.disassembler.evaluation.EvaluationSubject;
import io.disassembler.evaluation.LabelDoubt;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.evaluation.Predictor;
import io.disassembler.evaluation.ReferenceImages;
import io.disassembler.evaluation.Thresholds;
import io.disassembler.extraction.Extraction;
import io.disassembler.graph.Boundary;
import io.disassembler.graph.Network;
import io.disassembler.input.Ends;
import io.disassembler.input.FixedInputs;
import io.disassembler.input.ImageBatch;
import io.disassembler.input.NetworkInput;
import io.disassembler.libtorch.Libtorch;
import io.disassembler.onnx.ModelDigest;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import io.disassembler.profile.ProfileMerge;
import io.disassembler.selection.Costing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A trained segmentation network with its card: where everything begins.
 *
 * <pre>{@code
 * try (SegmentationNetwork network = SegmentationNetwork.open(Path.of("model.onnx"))) {
 *   ImageSet photos = ImageSet.folder(Path.of("photos"));
 *   Profile profile = network.profile(photos).run();
 *   SubNetwork small =
 *       network.extract("car", "pedestrian").from(profile).keepMacs(0.5).recoverWith(photos).run();
 *   System.out.println(small.proof());
 *   small.write(Path.of("small.onnx"));
 * }
 * }</pre>
 *
 * <p>Its methods may be called by one thread at a time. Closing frees the native memory that {@link
 * #segment} holds; everything else frees its own before it returns.
 */
public final class SegmentationNetwork implements AutoCloseable {
  private final Opening opening;
  private final Network network;
  private final NetworkInput input;
  private final Anatomy anatomy;
  private @Nullable NetworkCard card;
  private @Nullable Logits logits;
  private @Nullable String sha256;
  private @Nullable ImageSet doubted;
  private Optional<LabelDoubt> doubt = Optional.empty();
  private @Nullable OnnxRuntimeModel runtime;

  SegmentationNetwork(Opening opening, Network network, NetworkInput input, Anatomy anatomy) {
    this.opening = opening;
    this.network = network;
    this.input = input;
    this.anatomy = anatomy;
  }

  /**
   * Reads a network. Its card is the one in its metadata, or {@code model.yaml} beside {@code
   * model.onnx}.
   *
   * @throws io.disassembler.base.InvalidInputException if it cannot be read, run or taken apart
   */
  public static SegmentationNetwork open(Path model) {
    return at(model).open();
  }

  /**
   * Whether this platform has libtorch, without which nothing here works; {@link NetworkOutline}
   * does.
   */
  public static boolean canRun() {
    return Libtorch.isPresent();
  }

  /** A network to be opened with settings of its own. */
  public static Opening at(Path model) {
    return new Opening(model);
  }

  /** The file that it came from. */
  public Path file() {
    return opening.model();
  }

  /** What its outputs mean and how images become its input. */
  public NetworkCard card() {
    if (card == null) {
      NetworkCard found = opening.card(network.metadata(), logits().categories(), input.channels());
      Boundary boundary = network.boundary();
      NetworkCard decided = ofChannels(decided(found));
      NetworkCard pixels = input.whole() ? decided.ofWholePixels(file().toString()) : decided;
      card =
          boundary.input() == boundary.input().plain()
                  && boundary.output() == boundary.output().plain()
              ? pixels
              : pixels.withLayouts(boundary.input(), boundary.output());
    }
    return card;
  }

  /** More channels than colours are bands. */
  private NetworkCard ofChannels(NetworkCard found) {
    int channels = input.channels();
    if (input.size().volume()) {
      return found.ofVolumes(channels, input.size(), file().toString());
    }
    boolean colors =
        channels == ColorOrder.GRAY.channels() || channels == ColorOrder.RGB.channels();
    return found.color() == ColorOrder.BANDS || !colors
        ? found.ofBands(channels, file().toString())
        : found;
  }

  /** How several categories are decided, as the card or else the graph says. */
  private NetworkCard decided(NetworkCard found) {
    Optional<DecisionRule> shown = logits().rule();
    if (found.independent() && shown.isPresent() && shown.get() == DecisionRule.EXCLUSIVE) {
      throw new InvalidInputException(
          "%s: the network card says 'decision: independent', but output '%s' is decided between the categories (Softmax or ArgMax); expected a network that ends in a Sigmoid or in logits"
              .formatted(file(), output()),
          Setting.CARD);
    }
    if (found.decision() != null
        || shown.filter(rule -> rule == DecisionRule.INDEPENDENT).isEmpty()) {
      return found;
    }
    progress()
        .warned(
            "%s: each of its %d categories ends in a Sigmoid of its own, so a pixel may have several of them, or none; if it has one, say 'decision: exclusive' in the network card"
                .formatted(file(), found.categories().size()),
            Setting.CARD);
    return found.decidedBy(DecisionRule.INDEPENDENT);
  }

  /**
   * The same for the masks of these images, whose data set may name categories in another order.
   *
   * @throws io.disassembler.base.InvalidInputException if the data set has categories that the
   *     network does not know
   */
  public NetworkCard card(ImageSet images) {
    NetworkCard card = imageCard();
    return images.legend().map(legend -> card.forMasksOf(legend, images.name())).orElse(card);
  }

  /** The card, for work on images. */
  private NetworkCard imageCard() {
    int channels = input.channels();
    if (channels != card().channels()) {
      throw new InvalidInputException(
          "%s: input '%s' has %d channel%s, but input.color in the network card is %s; expected %s there"
              .formatted(
                  file(),
                  input.name(),
                  channels,
                  channels == 1 ? "" : "s",
                  card().color(),
                  channels == 1 ? "GRAY" : channels == 3 ? "RGB or BGR" : "BANDS"));
    }
    return card();
  }

  /** Names of its categories, in the order of its outputs. */
  public List<String> categories() {
    return card().categories();
  }

  /** Height and width that it is worked on at, of volumes depth before them. */
  public Size size() {
    return input.size();
  }

  /** Name of the output that counts. */
  public String output() {
    return network.outputs().get(0).name();
  }

  /** SHA-256 of its file, and of its side files if it has any, in hexadecimal. */
  public String sha256() {
    if (sha256 == null) {
      sha256 = ModelDigest.sha256(file());
    }
    return sha256;
  }

  /** Its layers, what they cost, and what of it can be cut. */
  public Inspection inspect() {
    return Inspection.of(anatomy);
  }

  /** Runs it against ONNX Runtime and cuts it at random: will it work? */
  public CheckResult check(CheckSettings settings) {
    return NetworkCheck.run(file(), network, input, anatomy, settings);
  }

  /** The same on images instead of random pixels. */
  public CheckResult check(CheckSettings settings, ImageSet images) {
    return NetworkCheck.run(
        file(), network, input, anatomy, settings, TrialPixels.of(card(images), images.samples()));
  }

  /** Asks what images show of it; nothing happens until {@link ProfileRequest#run}. */
  public ProfileRequest profile(ImageSet images) {
    return new ProfileRequest(this, images);
  }

  /**
   * Reads a profile of this network.
   *
   * @throws io.disassembler.base.InvalidInputException if it is the profile of another network or
   *     output, or of other constants for inputs
   */
  public Profile readProfile(Path file) {
    return ofThis(ProfileFile.read(file));
  }

  /**
   * Reads profiles of disjoint sets of images, such as of the shards of one ({@link
   * ImageSet#shard}), and joins them; {@link ProfileMerge} says how.
   *
   * @throws io.disassembler.base.InvalidInputException if they are of another network, output or
   *     constants for inputs, or do not belong together
   */
  public Profile mergeProfiles(List<Path> files) {
    return ofThis(ProfileMerge.of(files).run());
  }

  private Profile ofThis(Profile profile) {
    profile.requireModel(sha256(), file().toString());
    profile.requireOutput(output(), file().toString());
    profile.requireConstants(FixedInputs.sha256(opening.fixed()), file().toString());
    return profile;
  }

  /**
   * Asks for a sub-network; nothing happens until {@link ExtractRequest#run}.
   *
   * @param categories names, or numbers in the order of the outputs
   * @throws io.disassembler.base.InvalidInputException if there is no such category
   */
  public ExtractRequest extract(String... categories) {
    try {
      return extract(card().parse(String.join(",", categories)));
    } catch (InvalidInputException e) {
      throw e.in(file().toString());
    }
  }

  /**
   * Asks for a sub-network for categories by their numbers, from 0.
   *
   * @throws io.disassembler.base.InvalidInputException if there is no such category
   */
  public ExtractRequest extract(List<Integer> categories) {
    requireCategories(categories);
    return new ExtractRequest(this, categories);
  }

  void requireCategories(List<Integer> numbers) {
    for (int category : numbers) {
      if (category < 0 || category >= categories().size()) {
        throw new InvalidInputException(
            "%s: category %d: expected a number from 0 to %d"
                .formatted(file(), category, categories().size() - 1),
            Setting.CATEGORIES);
      }
    }
  }

  /**
   * Asks for a sub-network that was made before; nothing happens until {@link ReplayRequest#run}.
   */
  public ReplayRequest replay(Path planOrSubNetwork) {
    return new ReplayRequest(this, planOrSubNetwork);
  }

  /** Asks how sub-networks fare against it; nothing happens until {@link EvaluateRequest#run}. */
  public EvaluateRequest evaluate(ImageSet images) {
    return new EvaluateRequest(this, images);
  }

  /**
   * The category of each pixel of an image.
   *
   * @return numbers in the order of {@link #categories()}, row by row, at the image's own size; of
   *     a network with one category, 0 where it is and 1 where it is not; of independent categories
   *     sets of them, bit c for category c
   * @throws io.disassembler.base.InvalidInputException if the image cannot be read
   */
  public int[] segment(Path image) {
    return segment(image, imageCard());
  }

  /**
   * The same, but the image becomes input as another card says.
   *
   * @param as its colours, scale, mean and standard deviation count
   */
  public int[] segment(Path image, NetworkCard as) {
    Preprocessor preprocessor = new Preprocessor(as, size());
    try {
      if (size().volume()) {
        return preprocessor.patchwise(image, pixels -> segment(pixels, size()));
      }
      Preprocessor.Prepared prepared = preprocessor.prepare(image, Long.MAX_VALUE);
      return segment(prepared.pixels(), prepared.original());
    } catch (IOException e) {
      throw new InvalidInputException(image + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private int[] segment(float[] pixels, Size at) {
    if (runtime == null) {
      runtime = OnnxRuntimeModel.open(file(), opening.threads(), network.boundary(), output());
    }
    return predictor()
        .labels(runtime.run(pixels, ImageBatch.shape(1, input.channels(), size())), at);
  }

  private Predictor predictor() {
    return card().independent()
        ? Predictor.ofEach(file(), categories().size(), thresholds())
        : new Predictor(file(), categories().size(), thresholds());
  }

  /** The network of the file, without the outputs that do not count. */
  public Network network() {
    return network;
  }

  /** How its file differs, in one line; empty if it has images and scores as everywhere. */
  public Optional<String> form() {
    return Ends.note(network);
  }

  /** The image that it reads. */
  public NetworkInput input() {
    return input;
  }

  /**
   * The network taken apart at the shape of {@link #input}; for work that this type does not do.
   */
  public Anatomy anatomy() {
    return anatomy;
  }

  /** Makes sub-networks from a profile; for work that {@link #extract} does not do. */
  public Extraction extraction(Profile profile) {
    return new Extraction(anatomy, sha256(), card(), profile, profile.sha256());
  }

  /** The network to be evaluated, with what it costs. */
  public EvaluationSubject evaluationSubject() {
    return new EvaluationSubject(file(), Costing.of(anatomy), output(), network.boundary());
  }

  /**
   * How it is evaluated. *
   *
   * @param keepGoing whether more than 5 % broken images are tolerated
   * @param latency how latency is measured; null if it is not
   */
  public EvaluationSettings evaluationSettings(
      boolean keepGoing, @Nullable LatencySettings latency) {
    return new EvaluationSettings(size(), threads(), keepGoing, thresholds(), latency);
  }

  /**
   * What may be wrong with the masks of images, or with how they become the input: where labels and
   * network hardly agree on the first images, and a simple mistake would explain it. Runs the
   * network on a few images; asked again for the same ones it remembers.
   *
   * @return empty if nothing seems wrong, or there are no masks
   */
  public Optional<LabelDoubt> doubt(ImageSet images) {
    if (images != doubted) {
      doubt =
          images.labelled() && images.size() > 0
              ? Evaluation.doubt(
                  evaluationSubject(),
                  card(images),
                  images.samples(),
                  evaluationSettings(images.keepsGoing(), null))
              : Optional.empty();
      doubted = images;
    }
    return doubt;
  }

  /** Its answers on images, to judge sub-networks by. The caller closes what is returned. */
  public ReferenceImages reference(ImageSet images) {
    return reference(images, images.samples());
  }

  /**
   * @param samples some of {@code images}
   */
  ReferenceImages reference(ImageSet images, List<Sample> samples) {
    return Steps.count(
        progress(),
        "Full network",
        samples.size(),
        step ->
            ReferenceImages.load(
                evaluationSubject(),
                card(images),
                samples,
                evaluationSettings(images.keepsGoing(), null),
                step::done));
  }

  /**
   * What the outputs are for categories that do not compete: logits, already their sigmoid, or
   * something else that the graph shows.
   */
  public Thresholds thresholds() {
    NetworkCard known = card();
    return known.independent() || known.categories().size() == 1
        ? new Thresholds(
            IntStream.range(0, known.categories().size())
                .mapToObj(category -> (float) logits().threshold(known.threshold(category)))
                .toList())
        : Thresholds.LOGIT;
  }

  Logits logits() {
    if (logits == null) {
      logits = Logits.of(anatomy);
    }
    return logits;
  }

  /** Threads to compute with. */
  public int threads() {
    return opening.threads();
  }

  /** How it was opened, to open another in the same way. */
  public Opening opening() {
    return opening;
  }

  ProgressListener progress() {
    return opening.progress();
  }

  @Override
  public void close() {
    if (runtime != null) {
      runtime.close();
      runtime = null;
    }
  }
}
