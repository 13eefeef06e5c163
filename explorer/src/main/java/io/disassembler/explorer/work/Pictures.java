package io.disassembler.explorer.work;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Bitmap;
import io.disassembler.data.BrokenImageException;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The images that can be looked at: those of the folder, and the last few that were dropped in,
 * which are kept in a folder of their own under names of our choosing. Nothing that a client says
 * becomes part of a path.
 */
public final class Pictures implements AutoCloseable {
  private static final int DROPPED = 32;
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private final Map<String, Picture> given = new LinkedHashMap<>();
  private final Recent<String, Picture> dropped = new Recent<>(DROPPED, Pictures::delete);
  private final Path folder;
  private final Preprocessor preprocessor;
  private final Limits limits;

  /**
   * An image.
   *
   * @param id its name in the interface, 16 hexadecimal digits
   */
  public record Picture(String id, Sample sample) {}

  /**
   * @param preprocessor reads them for the network
   */
  public Pictures(List<Sample> samples, Preprocessor preprocessor, Limits limits) {
    this.preprocessor = preprocessor;
    this.limits = limits;
    for (Sample sample : samples) {
      String id = Digest.of(sample.name().getBytes(StandardCharsets.UTF_8));
      given.put(id, new Picture(id, sample));
    }
    try {
      folder = Files.createTempDirectory("disassembler-explorer");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of the folder, in the order of their names. */
  public List<Picture> given() {
    return List.copyOf(given.values());
  }

  /** The picture of a sample of the folder. */
  public String id(Sample sample) {
    return Digest.of(sample.name().getBytes(StandardCharsets.UTF_8));
  }

  public Optional<Picture> find(String id) {
    Picture own = given.get(id);
    return own != null ? Optional.of(own) : dropped.get(id);
  }

  /**
   * Takes in an image. One at a time: the file of one that goes must not be that of one that comes.
   *
   * @param name what its owner calls it, only to be shown
   * @throws InvalidInputException if it is no image, damaged, or larger than the limits
   */
  public synchronized Picture drop(byte[] bytes, String name) {
    String id = Digest.of(bytes);
    Optional<Picture> known = dropped.get(id);
    if (known.isPresent()) {
      return known.get();
    }
    Path file = folder.resolve(isArray(bytes) ? id + ".npy" : id);
    try {
      Files.write(file, bytes);
      decode(file, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidInputException e) {
      delete(file);
      throw e;
    }
    Picture picture = new Picture(id, new Sample(shown(name), file, null));
    dropped.put(id, picture);
    return picture;
  }

  /** Whether bytes are NumPy's, which decoders know by the name of their file. */
  private static boolean isArray(byte[] bytes) {
    return Arrays.equals(bytes, 0, Math.min(bytes.length, MAGIC.length), MAGIC, 0, MAGIC.length);
  }

  /**
   * A picture as the network takes it.
   *
   * @throws InvalidInputException if it cannot be decoded
   */
  float[] pixels(Picture picture) {
    String name = picture.sample().name();
    return read(
        name, () -> preprocessor.prepare(picture.sample().image(), limits.imagePixels()).pixels());
  }

  /**
   * What people say that a picture shows.
   *
   * @return (depth x) height x width labels as the network predicts them, -1 where ignored; null if
   *     there is no mask
   * @throws InvalidInputException if the mask cannot be read
   */
  int @Nullable [] labels(Picture picture) {
    String name = picture.sample().name();
    try {
      return preprocessor.labels(picture.sample());
    } catch (BrokenImageException e) {
      throw new InvalidInputException(shown(name) + ": its mask is broken: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: its mask cannot be read (%s)".formatted(shown(name), e.getClass().getSimpleName()),
          e);
    }
  }

  /**
   * Decodes a picture to be shown.
   *
   * @throws InvalidInputException if it cannot be
   */
  public Bitmap decode(Picture picture) {
    return decode(picture.sample().image(), picture.sample().name());
  }

  /**
   * Other for every other content of a picture's file, and for every other file.
   *
   * @throws InvalidInputException if there is no such file any more
   */
  public String version(Picture picture) {
    Path file = picture.sample().image();
    try {
      String all =
          "%s %d %s"
              .formatted(file.toAbsolutePath(), Files.size(file), Files.getLastModifiedTime(file));
      return Digest.of(all.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unreadable(picture.sample().name(), e);
    }
  }

  private Bitmap decode(Path file, String name) {
    return read(name, () -> preprocessor.picture(file, limits.imagePixels()));
  }

  /** Reads a file. */
  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T read(String name, Reading<T> reading) {
    try {
      return reading.read();
    } catch (BrokenImageException e) {
      throw new InvalidInputException(
          "%s: expected %s of up to %d million pixels, found: %s"
              .formatted(
                  shown(name),
                  preprocessor.takesBands()
                      ? "a TIFF, PNG or .npy file of %d bands".formatted(preprocessor.channels())
                      : "a JPEG, PNG, BMP, TIFF or WebP image",
                  limits.imagePixels() / 1_000_000,
                  e.getMessage()),
          e);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static InvalidInputException unreadable(String name, IOException e) {
    return new InvalidInputException(
        shown(name) + ": the image cannot be read (" + e.getClass().getSimpleName() + ")", e);
  }

  /** A name without what could disturb those who read it. */
  public static String shown(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{N} ._-]", "_").strip();
    String cut =
        plain.substring(
            0, plain.offsetByCodePoints(0, Math.min(80, plain.codePointCount(0, plain.length()))));
    return cut.isEmpty() ? "image" : cut;
  }

  /** A name that any file system takes. */
  public static String safe(String name) {
    String plain =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return plain.substring(0, Math.min(60, plain.length()));
  }

  private static void delete(Picture picture) {
    delete(picture.sample().image());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    dropped.clear();
    delete(folder);
  }
}
