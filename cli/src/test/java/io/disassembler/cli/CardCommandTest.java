package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.NetworkCard;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.testing.Bundled;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardCommandTest {
  @TempDir private Path folder = Path.of("");
  private Path model = Path.of("");

  @BeforeEach
  void modelWithoutACard() throws IOException {
    model = folder.resolve("street.onnx");
    Files.copy(Bundled.network(), model);
  }

  @Test
  void isReadAsItIsWritten() throws IOException {
    Path names = folder.resolve("names.txt");
    String own = OnnxReader.read(model).metadata().getOrDefault(NetworkCard.METADATA_KEY, "");
    NetworkCard known = NetworkCard.fromYaml(own, "the file's own");
    Files.write(names, known.categories());
    Path card = folder.resolve("street.yaml");

    Invocation written = Invocation.of("card", model, "--names", names, "--output", card);

    assertThat(written.code()).as(written.err()).isZero();
    assertThat(written.err()).doesNotContain("no network card");
    NetworkCard read = NetworkCard.read(card);
    assertThat(read.categories()).isEqualTo(known.categories());
    assertThat(read.scale()).isEqualTo(255);
    assertThat(Files.readString(card)).contains("# BGR for code that reads images with OpenCV");
  }

  @Test
  void isPrinted() {
    Invocation printed = Invocation.of("card", model);
    assertThat(printed.code()).as(printed.err()).isZero();
    assertThat(NetworkCard.fromYaml(printed.out(), "printed").categories()).startsWith("0", "1");
  }

  @Test
  void candidatesAreDrawnSideBySide() throws IOException {
    Path image = folder.resolve("scene.jpg");
    Path picture = folder.resolve("trial.png");
    Files.copy(Bundled.images().resolve("seed3-00000.jpg"), image);

    Invocation tried = Invocation.of("card", model, "--try", image, "--picture", picture);

    assertThat(tried.code()).as(tried.err()).isZero();
    assertThat(tried.out().lines().filter(line -> line.matches("\\d  .*: color: .*"))).hasSize(7);
    assertThat(tried.out()).contains("0 to 1: color: RGB, scale: 255.0, mean: [0.0, 0.0, 0.0]");
    BufferedImage drawn = ImageIO.read(picture.toFile());
    BufferedImage scene = ImageIO.read(image.toFile());
    assertThat(drawn.getWidth()).isGreaterThan(4 * scene.getWidth());
    assertThat(drawn.getHeight()).isGreaterThan(2 * scene.getHeight());
    int panel = scene.getWidth() + 8;
    assertThat(colors(drawn, 8 + panel, 24, scene))
        .as("masks differ between preprocessings")
        .isNotEqualTo(colors(drawn, 8 + 3 * panel, 24, scene));
    assertThat(Invocation.of("card", model, "--try", image).err())
        .contains("expected --picture FILE with it");
  }

  @Test
  void backgroundIsNotPainted() throws IOException {
    Path image = folder.resolve("scene.jpg");
    Files.copy(Bundled.images().resolve("seed3-00000.jpg"), image);
    String own = OnnxReader.read(model).metadata().getOrDefault(NetworkCard.METADATA_KEY, "");

    assertThat(gray(trial(image, own))).isLessThan(0.05);
    assertThat(gray(trial(image, own.replaceFirst("sky", "background")))).isGreaterThan(0.1);
  }

  private BufferedImage trial(Path image, String card) throws IOException {
    Path file = Files.writeString(folder.resolve("tried.yaml"), card);
    Path picture = folder.resolve("trial.png");
    Files.deleteIfExists(picture);
    Invocation tried =
        Invocation.of("card", model, "--card", file, "--try", image, "--picture", picture);
    assertThat(tried.code()).as(tried.err()).isZero();
    return ImageIO.read(picture.toFile());
  }

  /** The share of the second candidate's pixels that are grey. */
  private static double gray(BufferedImage trial) {
    int width = (trial.getWidth() - 8) / 4 - 8;
    int[] pixels = trial.getRGB(8 + 2 * (width + 8), 24, width, 100, null, 0, width);
    return Arrays.stream(pixels)
            .filter(rgb -> (rgb >> 16 & 255) == (rgb & 255) && (rgb >> 8 & 255) == (rgb & 255))
            .count()
        / (double) pixels.length;
  }

  private static int[] colors(BufferedImage picture, int left, int top, BufferedImage like) {
    return picture.getRGB(left, top, like.getWidth(), like.getHeight(), null, 0, like.getWidth());
  }

  @Test
  void networksWithAnOutputMoreThanNamesHaveABackground() throws IOException {
    Path nine = folder.resolve("nine.txt");
    Files.write(nine, List.of("a", "b", "c", "d", "e", "f", "g", "h", "i"));

    assertThat(Invocation.of("card", model, "--names", nine).out())
        .contains("categories: [\"background\", \"a\", ");
    assertThat(Invocation.of("card", model, "--names", "coco").err()).contains("found 80 names");
  }

  @Test
  void namesMustFit() {
    Invocation many = Invocation.of("card", model, "--names", "ade20k");
    assertThat(many.code()).isEqualTo(2);
    assertThat(many.err()).contains("found 150 names");

    Invocation unknown = Invocation.of("card", model, "--names", "nothing");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err())
        .contains(
            "--names nothing: expected one of voc, cityscapes, ade20k, camvid, coco, or a text");
  }
}
