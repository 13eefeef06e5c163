package io.disassembler.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.ImageFolder;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneFilesTest {
  private static final Size SIZE = new Size(48, 64);
  @TempDir private Path folder = Path.of("");

  @Test
  void whatIsWrittenIsADataSetWithACard() {
    List<Integer> progress = new ArrayList<>();
    SceneFiles.write(folder, SIZE, 4, 3, progress::add);
    NetworkCard card = NetworkCard.read(folder.resolve("card.yaml"));
    assertThat(card.categories()).hasSize(10).contains("car", "person", "sky");
    assertThat(card.size()).isEqualTo(SIZE);
    List<Sample> samples =
        ImageFolder.open(folder.resolve("images"), folder.resolve("masks")).samples();
    assertThat(samples).hasSize(3);
    assertThat(progress).containsExactly(1, 2, 3);
    try (ImageLoader loader = new ImageLoader(samples, new Preprocessor(card, SIZE), false)) {
      for (int number = 0; number < 3; number++) {
        LoadedImage image = loader.next();
        int[] labels = Objects.requireNonNull(image.labels()).values();
        byte[] drawn = StreetScene.draw(SIZE, 4, number).labels();
        for (int pixel = 0; pixel < drawn.length; pixel++) {
          assertThat(labels[pixel]).isEqualTo(drawn[pixel]);
        }
      }
    }
  }

  @Test
  void moreScenesBeginWithTheSameFiles() throws IOException {
    SceneFiles.write(folder.resolve("few"), SIZE, 4, 1, done -> {});
    SceneFiles.write(folder.resolve("more"), SIZE, 4, 2, done -> {});
    for (String file : List.of("images/seed4-00000.jpg", "masks/seed4-00000.png")) {
      assertThat(folder.resolve("more").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("few").resolve(file));
    }
  }

  @Test
  void refusesWhatCannotBeDrawnOrWritten() throws IOException {
    assertThatThrownBy(() -> SceneFiles.write(folder, SIZE, 0, 0, done -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("count: expected at least 1 scene, found 0");
    assertThatThrownBy(() -> SceneFiles.write(folder, new Size(16, 64), 0, 1, done -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("size: expected from 32 to 4096 pixels each way, found 16 x 64");
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> SceneFiles.write(file, SIZE, 0, 1, done -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + ": scenes cannot be written there");
  }
}
