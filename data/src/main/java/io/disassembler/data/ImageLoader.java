package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads samples, volumes patch by patch, in their order while background threads decode the next
 * few, so memory does not grow with the number of samples. Broken images are logged, skipped and
 * counted; if they are more than 5 %, loading stops unless told to keep going. For use by one
 * thread.
 */
public final class ImageLoader implements Iterator<LoadedImage>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImageLoader.class);
  private static final double TOLERATED = 0.05;
  // Decoding an image takes less than running a network on it: two are always ahead.
  private static final int DECODERS = 2;
  // A share says little before that many images were seen.
  private static final int JUDGED_FROM = 20;

  private final List<Sample> samples;
  private final Preprocessor preprocessor;
  private final Augmenter augmenter;
  private final boolean keepGoing;
  private final ExecutorService threads;
  private final int prefetched;
  private final Queue<Future<Outcome>> ahead = new ArrayDeque<>();
  private final SeenValues seenValues;
  private final ImageNotes notes = new ImageNotes();
  private final List<BrokenImage> broken = new ArrayList<>();
  private int submitted;
  private int seen;
  private @Nullable LoadedImage next;

  /**
   * @param keepGoing whether more than 5 % broken images are tolerated
   */
  public ImageLoader(List<Sample> samples, Preprocessor preprocessor, boolean keepGoing) {
    this(samples, preprocessor, Augmenter.NONE, keepGoing);
  }

  /** The same with every image changed by {@code augmenter} before it is resized. */
  public ImageLoader(
      List<Sample> samples, Preprocessor preprocessor, Augmenter augmenter, boolean keepGoing) {
    this(samples, preprocessor, augmenter, DECODERS, keepGoing);
  }

  /**
   * The same with another number of threads.
   *
   * @param decoders number of background threads, at least 1; twice as many images are held
   */
  ImageLoader(
      List<Sample> samples,
      Preprocessor preprocessor,
      Augmenter augmenter,
      int decoders,
      boolean keepGoing) {
    this.samples = preprocessor.parts(samples);
    this.preprocessor = preprocessor;
    this.seenValues = preprocessor.seenValues();
    this.augmenter = augmenter;
    this.keepGoing = keepGoing;
    this.prefetched = 2 * decoders;
    this.threads =
        Executors.newFixedThreadPool(
            decoders,
            task -> {
              Thread thread = new Thread(task, "image-decoder");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Waits for the next image that is not broken.
   *
   * @throws InvalidInputException if too many images are broken, or a mask does not fit its image
   *     or the card
   */
  @Override
  public boolean hasNext() {
    while (next == null && seen < samples.size()) {
      prefetch();
      Outcome outcome = await(ahead.remove());
      seen++;
      if (outcome.broken() != null) {
        report(outcome.broken());
      }
      next = outcome.loaded();
      requireFewBroken();
    }
    if (next == null) {
      notes.say();
      seenValues.requireCategory();
    }
    return next != null;
  }

  @Override
  public LoadedImage next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    LoadedImage loaded = next;
    next = null;
    prefetch();
    return loaded;
  }

  /** How many there are in all, each patch of a volume counted. */
  public int count() {
    return samples.size();
  }

  /** The samples skipped so far. */
  public List<BrokenImage> broken() {
    return List.copyOf(broken);
  }

  /** Stops the background threads. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void prefetch() {
    while (submitted < samples.size() && ahead.size() < prefetched) {
      int index = submitted++;
      ahead.add(threads.submit(() -> load(index)));
    }
  }

  private Outcome load(int index) {
    Sample sample = samples.get(index);
    Path reading = sample.image();
    try {
      if (preprocessor.readsBands(reading)) {
        return new Outcome(bands(index, sample), null);
      }
      Bitmap image = ImageDecoder.decode(reading, notes);
      int[] labels = null;
      if (sample.mask() != null) {
        reading = sample.mask();
        labels = labels(sample, image.size(), sample.reader().read(reading));
      }
      LabelledBitmap changed = augmenter.augment(index, new LabelledBitmap(image, labels));
      float[] pixels = preprocessor.pixels(changed.image());
      LabelMap given = preprocessor.labels(changed);
      return new Outcome(new LoadedImage(index, sample, image.size(), pixels, given), null);
    } catch (BrokenImageException e) {
      return new Outcome(null, new BrokenImage(sample, reading + ": " + e.getMessage()));
    } catch (IOException e) {
      String reason = "cannot be read (" + e.getClass().getSimpleName() + ")";
      return new Outcome(null, new BrokenImage(sample, reading + ": " + reason));
    }
  }

  /** Bands are not augmented: what changes colours does not suit them. */
  private LoadedImage bands(int index, Sample sample) throws IOException {
    Bands bands = preprocessor.bands(sample.image());
    Patch patch = sample.patch() != null ? sample.patch() : Patch.FIRST;
    Mask mask = preprocessor.mask(sample);
    LabelMap labels =
        mask == null
            ? null
            : preprocessor.labels(
                new LabelMap(bands.size(), labels(sample, bands.size(), mask)), patch);
    return new LoadedImage(index, sample, bands.size(), preprocessor.pixels(bands, patch), labels);
  }

  private int[] labels(Sample sample, Size image, Mask mask) {
    if (!MaskSize.fits(mask.size(), image)) {
      throw MaskSize.doesNotFit(mask, sample.image(), image);
    }
    seenValues.add(mask);
    return NearestResize.resize(preprocessor.unresizedLabels(mask), mask.size(), image);
  }

  private void report(BrokenImage image) {
    broken.add(image);
    LOG.warn("{}; skipped", image.reason());
  }

  private void requireFewBroken() {
    boolean atEnd = seen == samples.size();
    if (atEnd && broken.size() == seen) {
      throw new InvalidInputException(
          "none of the %d images can be used; the first: %s"
              .formatted(seen, broken.get(0).reason()));
    }
    if (!keepGoing && (atEnd || seen >= JUDGED_FROM) && broken.size() > TOLERATED * seen) {
      throw new InvalidInputException(
          "%d of %d images are broken, more than 5 %%; the first: %s; repair or remove them, or go on without them"
              .formatted(broken.size(), seen, broken.get(0).reason()),
          Setting.BROKEN_IMAGES);
    }
  }

  private static Outcome await(Future<Outcome> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(
          new InterruptedIOException("interrupted while loading images"));
    } catch (ExecutionException e) {
      // What the background thread threw is a RuntimeException or an Error: load declares no other.
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Exactly one of the two. */
  private record Outcome(@Nullable LoadedImage loaded, @Nullable BrokenImage broken) {}
}
