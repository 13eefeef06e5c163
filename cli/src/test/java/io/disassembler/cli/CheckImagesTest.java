package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.check.TrialPixels;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --images}. */
class CheckImagesTest {
  private Scenes scenes = new Scenes(Path.of(""));

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
  }

  @Test
  void networksAreTriedOnImages() {
    assertThat(
            Invocation.succeed("check", scenes.model(), "--images", scenes.images(), "--cuts", 1)
                .out())
        .contains("cut 1", "run on images of " + scenes.images());
  }

  @Test
  void imagesThatCannotBeReadAreNamed() throws IOException {
    Path images = Files.createDirectory(scenes.file("broken"));
    Path broken = Files.writeString(images.resolve("a.png"), "no");

    Invocation check = Invocation.of("check", scenes.model(), "--images", images);

    assertThat(check.code()).isEqualTo(2);
    assertThat(check.err()).contains(broken.toString());
  }

  /** Three images of two, as the card scales them, the first again as the third. */
  @Test
  void imagesFollowEachOtherAtTheSizeOfTheRun() throws IOException {
    Path grey = Files.createDirectory(scenes.file("grey"));
    for (int level = 1; level <= 2; level++) {
      BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_BYTE_GRAY);
      for (int pixel = 0; pixel < 9 * 7; pixel++) {
        image.getRaster().setSample(pixel % 9, pixel / 9, 0, 51 * level);
      }
      ImageIO.write(image, "png", grey.resolve(level + ".png").toFile());
    }
    try (SegmentationNetwork network = SegmentationNetwork.open(scenes.model())) {
      ImageSet images = ImageSet.folder(grey);
      NetworkInput three = network.input().ofBatch(3);

      Weight pixels = TrialPixels.of(network.card(images), images.samples()).of(three, 0);

      assertThat(pixels.shape()).isEqualTo(three.shape());
      float[] found = pixels.floats();
      int one = found.length / 3;
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isEqualTo(i / one == 1 ? 0.4f : 0.2f, within(1e-6f));
      }
    }
  }
}
