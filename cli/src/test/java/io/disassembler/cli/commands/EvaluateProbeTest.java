package io.disassembler.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.cli.Invocation;
import io.disassembler.cli.JsonFile;
import io.disassembler.testing.Bundled;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate --probe} as it is typed. */
class EvaluateProbeTest {

  @Test
  void whatIsLeftOfTheRestIsPrintedAndWritten(@TempDir Path folder) throws IOException {
    Path small = folder.resolve("car.onnx");
    Path json = folder.resolve("probe.json");
    Invocation.succeed(
        "extract",
        Bundled.network(),
        "--images",
        Bundled.images(),
        "--limit",
        4,
        "--categories",
        "car",
        "--keep-macs",
        "0.2",
        "--recovery",
        "ridge",
        "--output",
        small);

    Invocation probed =
        Invocation.succeed(
            "evaluate",
            Bundled.network(),
            small,
            "--images",
            Bundled.images(),
            "--limit",
            8,
            "--no-latency",
            "--probe",
            "--json",
            json);

    assertThat(probed.out())
        .contains("Removed, but what a linear classifier still reads of it: " + small)
        .containsPattern("road +0\\.\\d{3} +0\\.\\d{3}")
        .containsPattern("mean +0\\.\\d{3} +0\\.\\d{3}");
    JsonNode network = JsonFile.read(json).get("probe").get(0);
    assertThat(network.get("file").asText()).isEqualTo(small.toString());
    assertThat(network.get("removed"))
        .isNotEmpty()
        .noneMatch(removed -> removed.get("name").asText().equals("car"))
        .allMatch(removed -> removed.get("iou").asDouble() <= 1);
  }
}
