package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.NetworkCard;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.testing.Bundled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void namesMustFit() {
    Invocation many = Invocation.of("card", model, "--names", "ade20k");
    assertThat(many.code()).isEqualTo(2);
    assertThat(many.err()).contains("found 150 names");

    Invocation unknown = Invocation.of("card", model, "--names", "nothing");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("--names nothing: expected one of voc, cityscapes, ade20k, camvid, or a text");
  }
}
