package io.disassembler.testing;

import java.nio.file.Path;

/**
 * The trained street network and the drawn scenes that come with Disassembler, for tests that need
 * a real network and no real photograph. Its ten categories are named in the card in its metadata;
 * BatchNormalization is not folded; 144 x 192 pixels.
 */
public final class Bundled {
  private static final String EXAMPLE = "data/src/main/resources/io/disassembler/scenes/example";

  private Bundled() {}

  /** The network's file. */
  public static Path network() {
    return folder().resolve("street.onnx");
  }

  /** The folder of 40 images, JPEG. */
  public static Path images() {
    return folder().resolve("images");
  }

  /** The folder of their masks. */
  public static Path masks() {
    return folder().resolve("masks");
  }

  private static Path folder() {
    return Shared.repository().resolve(EXAMPLE);
  }
}
