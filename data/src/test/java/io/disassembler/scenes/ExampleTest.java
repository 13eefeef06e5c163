package io.disassembler.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.ImageFolder;
import io.disassembler.data.Mask;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.onnx.OnnxReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theNetworkIsSmallAndCarriesItsCard() throws IOException {
    Example example = Example.copyTo(folder);
    assertThat(Files.size(example.model())).isLessThan(2_000_000);
    String card = OnnxReader.read(example.model()).metadata().get(NetworkCard.METADATA_KEY);
    assertThat(card).isNotNull();
    assertThat(NetworkCard.fromYaml(card, "card").categories()).isEqualTo(SceneCategory.labels());
  }

  /** Another version of Java may draw the odd pixel differently. */
  @Test
  void theScenesAreThoseThatScenesDraws() throws IOException {
    Example example = Example.copyTo(folder);
    List<Sample> samples = new ArrayList<>();
    for (Path part : List.of(example.learning(), example.test())) {
      samples.addAll(ImageFolder.open(part.resolve("images"), part.resolve("masks")).samples());
    }
    assertThat(samples).hasSize(Example.SCENES);
    for (int number = 0; number < Example.SCENES; number += 13) {
      Path file = samples.get(number).mask();
      assertThat(file).isNotNull();
      int[] values = Mask.read(file).values();
      byte[] drawn = StreetScene.draw(new Size(192, 256), Example.SEED, number).labels();
      int different = 0;
      for (int pixel = 0; pixel < drawn.length; pixel++) {
        different += values[pixel] == drawn[pixel] ? 0 : 1;
      }
      assertThat(different).isLessThan(drawn.length / 1000);
    }
  }

  @Test
  void filesOfAnEarlierCopyAreReplaced() throws IOException {
    Path model = Example.copyTo(folder).model();
    byte[] bytes = Files.readAllBytes(model);
    Files.writeString(model, "damaged");
    Example.copyTo(folder);
    assertThat(Files.readAllBytes(model)).isEqualTo(bytes);
  }
}
