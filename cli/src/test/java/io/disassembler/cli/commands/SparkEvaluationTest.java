package io.disassembler.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.cli.output.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparkEvaluationTest {

  @Test
  void readsWhatTheJobLeftAndLeavesNothing() throws IOException {
    Path json;
    try (SparkEvaluation made = new SparkEvaluation()) {
      List<String> arguments = made.arguments();
      json = after("--json", arguments);
      Files.writeString(json, "{}");
      Files.write(after("--counted", arguments), List.of("a b", "c"));

      assertThat(made.json()).isEqualTo("{}");
      assertThat(made.images("hdfs://host/photos"))
          .isEqualTo(new Provenance.Images("hdfs://host/photos", 2, List.of("a b", "c")));
    }
    assertThat(json.getParent()).doesNotExist();
  }

  private static Path after(String option, List<String> arguments) {
    return Path.of(arguments.get(arguments.indexOf(option) + 1));
  }
}
