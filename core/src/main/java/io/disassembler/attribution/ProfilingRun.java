package io.disassembler.attribution;

import io.disassembler.base.Build;
import io.disassembler.base.Checkpoint;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Sha256;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.DecisionRule;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.MaskSurvey;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.input.NetworkInput;
import io.disassembler.profile.FeatureMap;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileAccumulator;
import io.disassembler.profile.ProfileFile;
import io.disassembler.profile.ProfileHeader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Profiles a network over images, in one streaming pass: memory does not grow with their number.
 */
public final class ProfilingRun {
  /** Masks that are looked at before a session of unknown length. */
  private static final int SURVEYED = 512;

  private final Anatomy anatomy;
  private final NetworkInput input;
  private final NetworkCard card;
  private final String modelSha256;
  private final String constantsSha256;
  private final ProfilingSettings settings;
  private final Logits logits;
  private final List<FeatureMap> featureMaps;

  /** Of a network that reads nothing but images; as below. */
  public ProfilingRun(
      Anatomy anatomy,
      NetworkInput input,
      NetworkCard card,
      String modelSha256,
      ProfilingSettings settings) {
    this(anatomy, input, card, modelSha256, "", settings);
  }

  /**
   * @param modelSha256 SHA-256 of the model file, in hexadecimal
   * @param constantsSha256 of the constants that it has instead of other inputs; empty if it has
   *     none
   * @throws InvalidInputException if the network has no spatial output, or the card names another
   *     number of categories
   */
  public ProfilingRun(
      Anatomy anatomy,
      NetworkInput input,
      NetworkCard card,
      String modelSha256,
      String constantsSha256,
      ProfilingSettings settings) {
    this.anatomy = anatomy;
    this.input = input;
    this.card = card;
    this.modelSha256 = modelSha256;
    this.constantsSha256 = constantsSha256;
    this.settings = settings;
    logits = Logits.of(anatomy);
    featureMaps = FeatureMaps.of(anatomy, logits);
    if (card.categories().size() != logits.categories()) {
      throw new InvalidInputException(
          "%s: the card names %d categories, but output '%s' has %d"
              .formatted(
                  anatomy.network().name(),
                  card.categories().size(),
                  logits.output(),
                  logits.categories()));
    }
  }

  /**
   * Profiles the network. The checkpoint stays; remove it when the profile is safe.
   *
   * @param samples images that all have masks, or else are profiled without labels
   * @throws InvalidInputException if the checkpoint to resume is of another model, of other
   *     settings or of other images, or if too many images are broken
   */
  public Profile run(List<Sample> samples, Checkpoint checkpoint, ProfilingListener listener) {
    boolean labelled = samples.stream().allMatch(sample -> sample.mask() != null);
    return run(samples, labelled, checkpoint, listener);
  }

  /**
   * The same for some of the images of a larger set, or none.
   *
   * @param labelled whether masks count: whether all images of the larger set have them
   */
  public Profile run(
      List<Sample> images, boolean labelled, Checkpoint checkpoint, ProfilingListener listener) {
    MaskSurvey.require(images, card);
    List<Sample> samples = new Preprocessor(card, input.size()).parts(images);
    ProfileHeader header = header(labelled);
    ProfileAccumulator sum = new ProfileAccumulator(header, featureMaps);
    checkpoint
        .earlier()
        .map(ProfileFile::read)
        .ifPresent(profile -> resume(profile, samples, sum, checkpoint));
    List<Sample> left = samples.stream().filter(sample -> !sum.contains(sample.name())).toList();
    if (!left.isEmpty()) {
      try (ProfilingSession session = open(left, header)) {
        session.profileAll(
            profiles -> {
              profiles.forEach(sum::add);
              checkpoint.offer(file -> ProfileFile.write(sum.toProfile(), file));
              listener.counted(sum.size(), samples.size());
            });
      }
    }
    return sum.toProfile();
  }

  /**
   * Shows the network images one after the other, to decide on the way how many it takes. Only the
   * first masks are looked at in advance.
   *
   * @param samples in the order in which they are shown
   * @param labelled whether masks count: whether all images have them
   */
  public ProfilingSession open(List<Sample> samples, boolean labelled) {
    MaskSurvey.require(samples.subList(0, Math.min(SURVEYED, samples.size())), card);
    return open(samples, header(labelled));
  }

  private ProfilingSession open(List<Sample> samples, ProfileHeader header) {
    Crew crew = crew();
    Engine engine = logits.engine(anatomy, settings.device(), crew);
    return new ProfilingSession(
        crew,
        engine,
        new ImageLoader(samples, new Preprocessor(card, input.size()), settings.keepGoing()),
        new Profiler(engine, input.name(), logits, featureMaps, header),
        new ProfileAccumulator(header, featureMaps),
        settings.batch(),
        fixedBatch());
  }

  private ProfileHeader header(boolean labelled) {
    ProfileHeader header =
        new ProfileHeader(
            modelSha256,
            card.categories(),
            settings.threshold(),
            settings.seed(),
            input.size(),
            labelled,
            Build.version(),
            logits.output(),
            Sha256.of(card.toYaml()),
            card.independent() ? DecisionRule.INDEPENDENT : DecisionRule.EXCLUSIVE,
            constantsSha256);
    return settings.categories().isEmpty() ? header : header.ofOnly(settings.categories());
  }

  private Crew crew() {
    int times = fixedBatch() == 0 ? settings.batch() : 1;
    return settings.device().equals("cpu") ? anatomy.crew(times) : Crew.ofOne(anatomy.threads());
  }

  private int fixedBatch() {
    return NetworkInput.fixedBatch(anatomy.network());
  }

  private void resume(
      Profile earlier, List<Sample> samples, ProfileAccumulator sum, Checkpoint checkpoint) {
    try {
      sum.add(earlier);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "%s: cannot be resumed: %s; remove it, or use what it was made with"
              .formatted(checkpoint.name(), e.getMessage()),
          e);
    }
    Set<String> names = new HashSet<>();
    samples.forEach(sample -> names.add(sample.name()));
    for (String image : earlier.images()) {
      if (!names.contains(image)) {
        throw new InvalidInputException(
            "%s: cannot be resumed: it counts image '%s', which is not among the %d images chosen now; remove it, or choose the same images"
                .formatted(checkpoint.name(), image, names.size()));
      }
    }
  }
}
