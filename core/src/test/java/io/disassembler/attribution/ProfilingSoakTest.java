package io.disassembler.attribution;

import io.disassembler.testing.Soak;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilingSoakTest {
  private static final int IMAGES = 4_000;
  private static final int EVERY = 500;

  // One feature map of full resolution forgotten in each image would make sixteen times as much.
  private static final long TOLERATED = 4L * 1024 * EVERY;

  @TempDir private Path folder = Path.of("");

  @Test
  void memoryDoesNotGrowWithTheNumberOfImages() throws Exception {
    Soak.assertFlat(
        IMAGES / EVERY, TOLERATED, ProfilingSoak.class, folder.toString(), "" + IMAGES, "" + EVERY);
  }
}
