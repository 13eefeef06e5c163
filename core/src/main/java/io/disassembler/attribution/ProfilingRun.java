package io.disassembler.attribution;

import io.disassembler.base.Build;
import io.disassembler.base.Checkpoint;
import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.DecisionRule;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.MaskSurvey;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.input.ImageBatch;
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
  private final Anatomy anatomy;
  private final NetworkInput input;
  private final NetworkCard card;
  private final String modelSha256;
  private final ProfilingSettings settings;
  private final Logits logits;
  private final List<FeatureMap> featureMaps;

  /**
   * @param modelSha256 SHA-256 of the model file, in hexadecimal
   * @throws InvalidInputException if the network has no spatial output, or the card names another
   *     number of categories
   */
  public ProfilingRun(
      Anatomy anatomy,
      NetworkInput input,
      NetworkCard card,
      String modelSha256,
      ProfilingSettings settings) {
    this.anatomy = anatomy;
    this.input = input;
    this.card = card;
    this.modelSha256 = modelSha256;
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
    MaskSurvey.require(samples, card);
    boolean labelled = samples.stream().allMatch(sample -> sample.mask() != null);
    ProfileHeader header =
        new ProfileHeader(
            modelSha256,
            card.categories(),
            settings.threshold(),
            settings.seed(),
            input.size().height(),
            input.size().width(),
            labelled,
            Build.version(),
            logits.output(),
            card.independent() ? DecisionRule.INDEPENDENT : DecisionRule.EXCLUSIVE);
    ProfileAccumulator sum = new ProfileAccumulator(header, featureMaps);
    checkpoint
        .earlier()
        .map(ProfileFile::read)
        .ifPresent(profile -> resume(profile, samples, sum, checkpoint));
    List<Sample> left = samples.stream().filter(sample -> !sum.contains(sample.name())).toList();
    if (!left.isEmpty()) {
      try (Crew crew = crew();
          Engine engine = logits.engine(anatomy, settings.device(), crew);
          ImageLoader loader =
              new ImageLoader(left, new Preprocessor(card, input.size()), settings.keepGoing())) {
        Profiler profiler = new Profiler(engine, input.name(), logits, featureMaps, header);
        crew.each(
            ImageBatch.all(loader, settings.batch(), fixedBatch()),
            // Profiles of an image's repetitions are dropped.
            batch -> profiler.profile(batch.images()).subList(0, batch.distinct()),
            profiles -> {
              profiles.forEach(sum::add);
              checkpoint.offer(file -> ProfileFile.write(sum.toProfile(), file));
              listener.counted(sum.size(), samples.size());
            });
      }
    }
    return sum.toProfile();
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
