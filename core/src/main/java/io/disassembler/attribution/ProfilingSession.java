package io.disassembler.attribution;

import io.disassembler.data.ImageLoader;
import io.disassembler.data.LoadedImage;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.input.ImageBatch;
import io.disassembler.profile.ImageProfile;
import io.disassembler.profile.ProfileAccumulator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A network and the images that it is being shown, in their order. For use by one thread. */
public final class ProfilingSession implements AutoCloseable {
  private final Crew crew;
  private final Engine engine;
  private final ImageLoader loader;
  private final Profiler profiler;
  private final ProfileAccumulator empty;
  private final int batch;
  private final int fixedBatch;

  ProfilingSession(
      Crew crew,
      Engine engine,
      ImageLoader loader,
      Profiler profiler,
      ProfileAccumulator empty,
      int batch,
      int fixedBatch) {
    this.crew = crew;
    this.engine = engine;
    this.loader = loader;
    this.profiler = profiler;
    this.empty = empty;
    this.batch = batch;
    this.fixedBatch = fixedBatch;
  }

  /** Sums of no image yet. */
  public ProfileAccumulator empty() {
    return ProfileAccumulator.of(empty.toProfile());
  }

  /** The next images, as many as there are; broken ones are skipped, and reported by the loader. */
  public List<LoadedImage> next(int count) {
    List<LoadedImage> images = new ArrayList<>();
    while (images.size() < count && loader.hasNext()) {
      images.add(loader.next());
    }
    return images;
  }

  /** Whether there are more images. */
  public boolean hasNext() {
    return loader.hasNext();
  }

  /**
   * What each of all images left contributes, batch by batch in their order, while others are
   * already being looked at.
   */
  public void profileAll(Consumer<List<ImageProfile>> then) {
    profile(loader, then);
  }

  /** What each of {@code images} contributes, in their order. */
  public List<ImageProfile> profile(List<LoadedImage> images) {
    List<ImageProfile> profiles = new ArrayList<>();
    profile(images.iterator(), profiles::addAll);
    return profiles;
  }

  private void profile(Iterator<LoadedImage> images, Consumer<List<ImageProfile>> then) {
    crew.each(
        ImageBatch.all(images, batch, fixedBatch),
        // Profiles of an image's repetitions are dropped.
        of -> profiler.profile(of.images()).subList(0, of.distinct()),
        then);
  }

  /** Which categories each of {@code images} would count for: one forward pass, none backward. */
  public List<Set<Integer>> shown(List<LoadedImage> images) {
    List<Set<Integer>> shown = new ArrayList<>();
    crew.each(
        ImageBatch.all(images.iterator(), batch, fixedBatch),
        of -> profiler.shown(of.images()).subList(0, of.distinct()),
        shown::addAll);
    return shown;
  }

  @Override
  public void close() {
    loader.close();
    engine.close();
    crew.close();
  }
}
