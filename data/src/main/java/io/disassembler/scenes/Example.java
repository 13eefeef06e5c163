package io.disassembler.scenes;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Reason;
import io.disassembler.base.Replacement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A trained network for street scenes and {@value #SCENES} scenes that it was not trained on, which
 * come with Disassembler; {@code docs/demo.md} says how they were made.
 *
 * @param model the network; its card is in its metadata
 * @param learning a folder of {@code images} and {@code masks}, {@value #LEARNING} scenes, to learn
 *     from
 * @param test another one, the other scenes, to judge by
 */
public record Example(Path model, Path learning, Path test) {
  /** How many scenes there are. */
  public static final int SCENES = 40;

  /** How many of them are to learn from. */
  public static final int LEARNING = 24;

  /** The seed of the scenes. */
  static final long SEED = 3;

  /**
   * Writes the network and the scenes to a folder. Files of the same names are replaced.
   *
   * @param folder made if it is missing
   * @throws InvalidInputException if it cannot be written to
   */
  public static Example copyTo(Path folder) {
    Example example =
        new Example(
            folder.resolve("street.onnx"), folder.resolve("learning"), folder.resolve("test"));
    try {
      Files.createDirectories(folder);
      copy("street.onnx", example.model);
      for (int number = 0; number < SCENES; number++) {
        Path part = number < LEARNING ? example.learning : example.test;
        String name = SceneFiles.name(SEED, number);
        for (String file : List.of("images/" + name + ".jpg", "masks/" + name + ".png")) {
          copy(file, part.resolve(file));
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          folder + ": the example cannot be written there: " + Reason.of(e), e);
    }
    return example;
  }

  private static void copy(String resource, Path file) throws IOException {
    try (InputStream stream = Example.class.getResourceAsStream("example/" + resource)) {
      if (stream == null) {
        throw new IllegalStateException("this build lacks the resource example/" + resource);
      }
      Files.createDirectories(file.getParent());
      Replacement.write(file, stream.readAllBytes());
    }
  }
}
