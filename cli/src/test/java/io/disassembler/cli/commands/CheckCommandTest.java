package io.disassembler.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.cli.Invocation;
import io.disassembler.cli.JsonFile;
import io.disassembler.cli.Main;
import io.disassembler.cli.Scenes;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Node;
import io.disassembler.graph.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private Scenes scenes = new Scenes(Path.of(""));

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
  }

  @Test
  void tellsInOneTableThatANetworkWorks() throws IOException {
    Path json = scenes.file("check.json");

    Invocation check = Invocation.of("check", scenes.model(), "--cuts", 3, "--json", json);

    assertThat(check.err()).isEmpty();
    assertThat(check.code()).isZero();
    assertThat(check.out()).contains("run on [1, 3, 16, 16]", "cut 3", "all").doesNotContain("NO");
    JsonNode result = JsonFile.read(json);
    assertThat(result.get("holds").asBoolean()).isTrue();
    assertThat(result.get("cuts")).hasSize(3);
    assertThat(result.get("runs").size()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void exitsWithOneWhereSomethingDoesNotHold() throws IOException {
    Path model =
        scenes.write(
            "roots.onnx",
            Scenes.network(1)
                .node(Node.of("minus", "Neg", List.of("second.relu"), List.of("minus"), Map.of()))
                .node(Node.of("root", "Sqrt", List.of("minus"), List.of("root"), Map.of()))
                .outputs(List.of(new Value("root", ElementType.FLOAT, List.of()))));

    Invocation check = Invocation.of("check", model, "--cuts", 1);

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out()).contains("NO");
  }

  @Test
  void exitsWithTwoWhereTheNetworkCannotBeRead() {
    Invocation check = Invocation.of("check", scenes.file("missing.onnx"));

    assertThat(check.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(check.err()).contains("missing.onnx");
  }
}
