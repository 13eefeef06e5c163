package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Networks that others trained have the mean IoU that others measured: CGNet and ESPNetV2 what is
 * said of them. Of DeepLabV3 0.513 is said, measured on photographs that were shrunk without
 * antialiasing; shrunk by Pillow as we do, ONNX Runtime and NumPy find 0.5059.
 */
class ForeignFiguresTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "cgnet-camvid, camvid/%s/test, 0.6455",
    "espnetv2-voc, zoo/coco/%s/val, 0.396",
    "deeplabv3-mobilenetv2-voc, zoo/coco/%s/val, 0.506",
  })
  void areMeasuredAgain(String network, String photographs, double expected) throws IOException {
    Path json = folder.resolve("evaluation.json");

    Invocation.succeed(
        "evaluate",
        Shared.file("zoo/" + network + ".onnx"),
        "--images",
        Shared.file(photographs.formatted("images")),
        "--masks",
        Shared.file(photographs.formatted("masks")),
        "--no-latency",
        "--json",
        json);

    assertThat(new ObjectMapper().readTree(json.toFile()).at("/reference/meanIou").asDouble())
        .isCloseTo(expected, within(0.005));
  }
}
