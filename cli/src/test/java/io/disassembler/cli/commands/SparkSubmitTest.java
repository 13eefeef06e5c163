package io.disassembler.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.cli.Invocation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisabledOnOs(OS.WINDOWS)
class SparkSubmitTest {
  private static final String JARS =
      String.join(
          File.pathSeparator,
          "/lib/disassembler-cli.jar",
          "/lib/disassembler-spark-1.2.jar",
          "/lib/jackson-core-2.jar",
          "/lib/slf4j-simple-2.jar",
          "/lib/pytorch.jar",
          "/classes");

  @TempDir private Path home = Path.of("");

  private List<String> command(String... arguments) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("bin/spark-submit"), "");
    ProfileCommand profile = new ProfileCommand();
    CommandLine line = new CommandLine(profile);
    line.parseArgs(arguments);
    return new SparkSubmit(home, JARS).command(profile.spark, line.getCommandSpec(), "a.Main");
  }

  @Test
  void handsOnWhatIsNotForSparkItself() throws IOException {
    assertThat(
            command(
                "net.onnx",
                "--spark",
                "spark://host:7077",
                "--spark-conf",
                "spark.executor.memory=2g",
                "--images",
                "hdfs://host/photos",
                "--masks",
                "hdfs://host/masks",
                "--keep-going",
                "--threads",
                "3",
                "--fix",
                "a=1",
                "--fix",
                "b=2,3",
                "--shards",
                "8",
                "--parts",
                "hdfs://host/parts",
                "--json",
                "net.json",
                "-o",
                "net.h5"))
        .startsWith(
            home.resolve("bin/spark-submit").toString(),
            "--master",
            "spark://host:7077",
            "--class",
            "a.Main",
            "--jars",
            "/lib/disassembler-cli.jar,/lib/pytorch.jar")
        .containsSequence("--conf", "spark.executor.memory=2g")
        .containsSequence("--conf", "spark.task.cpus=3")
        .containsSequence("/lib/disassembler-spark-1.2.jar", "net.onnx")
        .containsSequence("--images", "hdfs://host/photos")
        .containsSequence("--masks", "hdfs://host/masks")
        .containsSequence("--fix", "a=1", "--fix", "b=2,3")
        .containsSequence("--shards", "8")
        .containsSequence("--parts", "hdfs://host/parts")
        .containsSequence("--output", "net.h5")
        .contains("--keep-going")
        .doesNotContain("--threads", "--spark", "--spark-conf", "--json", "true");
  }

  @Test
  void saysWhatIsMissing() {
    Object[] profile = {"profile", "net.onnx", "--images", "x", "-o", home.resolve("net.h5")};
    Object[] shared = {"--spark", "local[1]", "--shards", 2, "--parts", home.resolve("parts")};

    assertRefused(
        Invocation.join(Invocation.join(profile, shared), "--spark-home", home.resolve("no")),
        home.resolve("no/bin/spark-submit") + " is not there");
    assertRefused(Invocation.join(profile, "--spark", "local[1]"), "expected --shards N");
    assertRefused(Invocation.join(profile, "--shards", 2), "expected --spark MASTER");
    assertThatThrownBy(() -> new ProfileCommand().spark.home(Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("SPARK_HOME is not set");
  }

  private static void assertRefused(Object[] arguments, String words) {
    Invocation refused = Invocation.of(arguments);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err().lines()).singleElement().asString().contains(words);
  }
}
