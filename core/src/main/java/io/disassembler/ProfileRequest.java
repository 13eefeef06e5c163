package io.disassembler;

import io.disassembler.attribution.ProfilingRun;
import io.disassembler.attribution.ProfilingSession;
import io.disassembler.attribution.ProfilingSettings;
import io.disassembler.base.Checkpoint;
import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Sample;
import io.disassembler.input.FixedInputs;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import io.disassembler.search.StableProfile;
import io.disassembler.search.StableProfiling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Asks what images show of a network: which channels each category excites and relies on, and the
 * moments that recovery needs. Immutable: each method returns another.
 */
public final class ProfileRequest {
  private static final String TASK = "Profiling";

  /** Ending of the file that an unfinished profile is saved to. */
  public static final String PARTIAL = ".partial";

  private static final int SHOWING = 12;
  private static final int LOOKS = 4;

  private final SegmentationNetwork network;
  private final ImageSet images;
  private final double threshold;
  private final int batch;
  private final List<Integer> categories;
  private final List<Integer> wanted;

  ProfileRequest(SegmentationNetwork network, ImageSet images) {
    this(network, images, Defaults.THRESHOLD, Defaults.BATCH, List.of(), List.of());
  }

  private ProfileRequest(
      SegmentationNetwork network,
      ImageSet images,
      double threshold,
      int batch,
      List<Integer> categories,
      List<Integer> wanted) {
    this.network = network;
    this.images = images;
    this.threshold = threshold;
    this.batch = batch;
    this.categories = List.copyOf(categories);
    this.wanted = List.copyOf(wanted);
  }

  /**
   * With another probability from which a prediction is confident.
   *
   * @param probability above 0 and at most 1
   */
  public ProfileRequest threshold(double probability) {
    return new ProfileRequest(network, images, probability, batch, categories, wanted);
  }

  /**
   * With so many images in one pass, where the network leaves that open.
   *
   * @param count at least 1
   */
  public ProfileRequest batch(int count) {
    return new ProfileRequest(network, images, threshold, count, categories, wanted);
  }

  /**
   * For some categories alone: backward passes are taken for these, and nothing is learned about
   * others. What is learned about these is the same as in a profile of all.
   *
   * @param names of categories, or numbers in the order of the outputs; at least one
   * @throws InvalidInputException if there is no such category
   */
  public ProfileRequest only(String... names) {
    try {
      return only(network.card(images).parse(String.join(",", names)));
    } catch (InvalidInputException e) {
      throw e.in(network.file().toString());
    }
  }

  /**
   * The same by their numbers, from 0.
   *
   * @throws InvalidInputException if there is no such category
   */
  public ProfileRequest only(List<Integer> some) {
    network.requireCategories(some);
    return new ProfileRequest(network, images, threshold, batch, some, wanted);
  }

  /**
   * With further images, where fewer than {@value #SHOWING} of a limited set show a category: up to
   * {@value #LOOKS} times as many are looked at, one forward pass each.
   *
   * @param rare indices of categories, of those that are profiled
   */
  public ProfileRequest showing(List<Integer> rare) {
    return new ProfileRequest(network, images, threshold, batch, categories, rare);
  }

  /**
   * Runs the images through the network, in one pass.
   *
   * @throws InvalidInputException if too many images cannot be read
   */
  public Profile run() {
    return run(Checkpoint.none());
  }

  /**
   * The same, saved to a file. What was done so far is saved beside it from time to time.
   *
   * @param resume whether to go on where a run with the same settings was stopped
   */
  public Profile runTo(Path output, boolean resume) {
    Checkpoint checkpoint = Checkpoint.beside(output, PARTIAL, resume);
    Profile profile = run(checkpoint);
    ProfileFile.write(profile, output);
    checkpoint.remove();
    return profile;
  }

  /** The same, saving what was done so far. The checkpoint stays; remove it in the end. */
  public Profile run(Checkpoint checkpoint) {
    ProfilingRun run = profiling();
    Profile profile = counted(run, images.samples(), checkpoint);
    List<Sample> further = further(run, profile);
    if (!further.isEmpty()) {
      profile = profile.merge(counted(run, further, Checkpoint.none()));
    }
    network.doubt(images).ifPresent(doubt -> network.progress().warned(doubt.text()));
    return profile;
  }

  private Profile counted(ProfilingRun run, List<Sample> samples, Checkpoint checkpoint) {
    return Steps.count(
        network.progress(),
        TASK,
        samples.size(),
        step -> run.run(samples, images.drawnLabelled(), checkpoint, step::done));
  }

  /** Images that show what too few of those profiled show. */
  private List<Sample> further(ProfilingRun run, Profile profile) {
    List<Integer> missing =
        wanted.stream().map(c -> SHOWING - (int) profile.category(c).images()).toList();
    List<Set<String>> found =
        new RareImages(network, run, images, Set.copyOf(profile.images()), LOOKS * images.size())
            .find(wanted, missing);
    Set<String> taken = new HashSet<>();
    for (int c = 0; c < wanted.size(); c++) {
      found.get(c).stream().limit(Math.max(0, missing.get(c))).forEach(taken::add);
    }
    return images.atMost(Integer.MAX_VALUE).samples().stream()
        .filter(sample -> taken.contains(sample.name()))
        .toList();
  }

  /**
   * Takes only as many of the images, in a random order, as it needs: until two halves of those
   * taken agree on which channels each category's sub-network would keep. Saves nothing on the way.
   *
   * @throws InvalidInputException if too many images cannot be read
   */
  public StableProfile untilStable() {
    List<Sample> samples = new ArrayList<>(images.samples());
    Collections.shuffle(samples, new Random(images.seed()));
    StableProfile stable =
        Steps.count(
            network.progress(),
            TASK,
            samples.size(),
            step -> {
              try (ProfilingSession session = profiling().open(samples, images.drawnLabelled())) {
                return new StableProfiling(network.anatomy(), session)
                    .run(samples.size(), step::done);
              }
            });
    network.doubt(images).ifPresent(doubt -> network.progress().warned(doubt.text()));
    return stable;
  }

  /** Shows the network images. */
  ProfilingRun profiling() {
    ProfilingSettings settings =
        new ProfilingSettings(
            threshold,
            images.seed(),
            batch,
            images.keepsGoing(),
            network.opening().device(),
            categories);
    return new ProfilingRun(
        network.anatomy(),
        network.input(),
        network.card(images),
        network.sha256(),
        FixedInputs.sha256(network.opening().fixed()),
        settings);
  }
}
