package io.disassembler.onnx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherFormatsTest {
  @TempDir Path folder = Path.of("");

  private Path file(String name, String content) {
    try {
      return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a.onnx        | version https://git-lfs.github.com/spec/v1 | Git LFS pointer  | git lfs pull
          a.onnx        | <!DOCTYPE html><html>                      | web page         | raw file
          a.onnx        | `\n\n  <html lang="en">`                   | web page         | raw file
          a.xml         | <?xml version="1.0"?>                      | OpenVINO         | ONNX file
          a.pt          | PK\u0003\u0004....                         | PyTorch          | torch.onnx.export(
          best.pth      | PK\u0003\u0004....                         | PyTorch          | torch.onnx.export(
          a.onnx        | PK\u0003\u0004....                         | ZIP              | torch.onnx.export(
          old.pth       | \u0080\u0002}q\u0001                       | pickle           | torch.onnx.export(
          a.keras       | PK\u0003\u0004....                         | Keras            | .export("model.onnx"
          a.h5          | `\u0089HDF\r\n\u001a\n`                    | HDF5             | keras.models.load_model(
          a.tflite      | ` \u0000\u0000\u0000TFL3`                  | TensorFlow Lite  | from_tflite(
          a.safetensors | `\u0008\u0001\u0000\u0000\u0000\u0000\u0000\u0000{"a"` | safetensors | torch.onnx.export(
          a.onnx        | {"message": "Not Found"}                   | JSON             | download
          a.onnx.gz     | `\u001f\u008b\u0008`                       | gzip             | gunzip
          a.pb          | \u00ff\u00ff\u00ff                         | TensorFlow graph | from_graph_def(
          a.pt          | \u00ff\u00ff\u00ff                         | PyTorch          | torch.onnx.export(
          """)
  void isSaidInOneLineWithWhatToDo(String name, String content, String is, String advice) {
    Path file = file(name, content.translateEscapes());

    assertThatThrownBy(() -> OnnxReader.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(is)
        .hasMessageContaining(advice)
        .hasMessageNotContaining("%s");
  }

  @Test
  void aSavedModelIsAFolder() throws IOException {
    Files.write(folder.resolve("saved_model.pb"), new byte[0]);

    assertThatThrownBy(() -> OnnxReader.read(folder)).hasMessageContaining("SavedModel");
  }

  @Test
  void aModelCalledOtherwiseIsAModel() throws IOException {
    Path model = folder.resolve("model.pt");
    Files.write(model, Models.of(Models.node("Relu", "x", "y")).toByteArray());

    assertThatCode(() -> OnnxReader.read(model)).doesNotThrowAnyException();
  }
}
