package io.disassembler.data.layout;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.ImageFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Looks into folders and lists. */
final class Listing {
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final List<String> IMAGES =
      List.of(".jpg", ".jpeg", ".JPG", ".JPEG", ".png", ".PNG", ".tif", ".tiff", ".bmp", ".webp");
  private static final List<String> MASKS =
      List.of(".png", ".PNG", ".png.png", ".jpg.png", ".tif", ".tiff", ".TIF", ".bmp");

  private Listing() {}

  /**
   * A folder that a layout must have.
   *
   * @param of what the data set is called
   */
  static Path folder(Path folder, String of) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "%s: expected this folder of %s, found %s"
              .formatted(folder, of, Files.exists(folder) ? "a file" : "nothing there"));
    }
    return folder;
  }

  /** A split's folder or list; the message names those that are there. */
  static Path split(Path file, String of) {
    if (!Files.exists(file)) {
      throw new InvalidInputException(
          "%s: there is no such split of %s; there are %s"
              .formatted(file, of, String.join(", ", names(folder(file.resolveSibling(""), of)))));
    }
    return file;
  }

  /**
   * The images in a folder and those below it, in order; at least one.
   *
   * @param ending what their names end in, before the extension
   */
  static List<Path> images(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found =
          files
              .filter(ImageFolder::isImage)
              .filter(file -> stem(file).endsWith(ending))
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new InvalidInputException(
            "%s: no image in this folder%s"
                .formatted(folder, ending.isEmpty() ? "" : " has a name that ends in " + ending));
      }
      return found;
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(folder, e);
    }
  }

  /** A file called {@code stem} with one of some extensions; with the first if there is none. */
  static Path file(Path folder, String stem, List<String> extensions) {
    for (String extension : extensions) {
      Path file = folder.resolve(stem + extension);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return folder.resolve(stem + extensions.get(0));
  }

  /** The image called {@code stem}, whether it is there or not. */
  static Path image(Path folder, String stem) {
    return file(folder, stem, IMAGES);
  }

  /** The mask called {@code stem}, whether it is there or not. */
  static Path mask(Path folder, String stem) {
    return file(folder, stem, MASKS);
  }

  /** The lines of a list that are not blank, without a byte order mark; at least one. */
  static List<String> lines(Path file) {
    try {
      List<String> found =
          text(Files.readAllBytes(file))
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      if (found.isEmpty()) {
        throw new InvalidInputException(file + ": expected a list of images, found no line");
      }
      return found;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    boolean little = bytes.length > 1 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe;
    boolean big = bytes.length > 1 && bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff;
    Charset charset = little || big ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** The name of a file without its extension. */
  static String stem(Path file) {
    return CocoFolder.stem(String.valueOf(file.getFileName()));
  }

  /** The name of a file without its extension and what is before that. */
  static String stem(Path file, String ending) {
    String stem = stem(file);
    return stem.substring(0, stem.length() - ending.length());
  }

  private static InvalidInputException unreadable(Path file, Exception e) {
    Throwable cause =
        e instanceof UncheckedIOException ? Objects.requireNonNullElse(e.getCause(), e) : e;
    return new InvalidInputException(
        file + ": cannot be read (" + cause.getClass().getSimpleName() + ")", e);
  }
}
