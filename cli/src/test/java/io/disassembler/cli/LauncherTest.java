package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a project that is built, with stand-ins for Java that print their arguments. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
  private static final List<String> TOOLS = List.of("dirname", "find", "readlink", "sed");

  @TempDir private Path folder = Path.of("");
  private Path project = Path.of("");
  private Path tools = Path.of("");

  @BeforeEach
  void copyLauncher() throws IOException {
    project = Files.createDirectory(folder.resolve("a project"));
    tools = Files.createDirectory(folder.resolve("tools"));
    for (String source :
        List.of("core/src/main", "explorer/src/main", "cli/src/main", "cli/target")) {
      Files.createDirectories(project.resolve(source));
    }
    for (String file :
        List.of("pom.xml", "core/pom.xml", "explorer/pom.xml", "cli/pom.xml", "cli/target/built")) {
      Files.createFile(project.resolve(file));
    }
    Files.copy(
        Path.of(System.getProperty("disassembler.root", "..")).resolve("disassembler"), launcher());
    for (String tool : TOOLS) {
      Path found =
          Stream.of("/usr/bin", "/bin")
              .map(bin -> Path.of(bin, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      executable(tools.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
    }
  }

  @Test
  void argumentsArePassedThroughAsTheyAre() throws Exception {
    Path jdk = jdk("jdk", "17");

    Result result = launch(folder, jdk, launcher(), "inspect", "my model.onnx", "", "*", "a\"b'c");

    assertThat(result.code()).as(result.err()).isEqualTo(7);
    assertThat(result.out())
        .containsSubsequence(
            "<io.disassembler.cli.Main>", "<inspect>", "<my model.onnx>", "<>", "<*>", "<a\"b'c>");
    assertThat(result.out()).endsWith("<a\"b'c>");
  }

  @Test
  void linksAndOtherFoldersWork() throws Exception {
    Path jdk = jdk("jdk", "21");
    Path link = Files.createSymbolicLink(folder.resolve("link"), launcher());
    Path linkToLink = Files.createSymbolicLink(tools.resolve("disassembler"), link);

    Result result = launch(Path.of("/"), jdk, linkToLink, "--version");

    assertThat(result.out()).endsWith("<--version>");
    assertThat(result.out())
        .anySatisfy(
            line -> assertThat(line).contains(project + "/cli/target/disassembler-cli.jar"));
  }

  @Test
  void withoutJavaThereIsAClearMessage() throws Exception {
    Result result = launch(folder, folder.resolve("nowhere"), launcher(), "--version");

    assertThat(result.err()).startsWith("disassembler: needs a JDK 17 or newer and found none");
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void oldJavaIsPassedOver() throws Exception {
    Path old = jdk("old", "1.8");
    Path eleven = jdk("jvms/a-jdk-11", "11");

    assertThat(launch(folder, old, launcher()).err()).contains("needs a JDK 17 or newer");
    assertThat(launch(folder, eleven, launcher()).err()).contains("needs a JDK 17 or newer");

    jdk("jvms/b-jdk-21", "21");

    assertThat(launch(folder, old, launcher()).code()).isEqualTo(7);
  }

  private Path launcher() {
    return project.resolve("disassembler");
  }

  /** A stand-in for Java that prints its arguments line by line and returns 7. */
  private Path jdk(String name, String version) throws IOException {
    Path bin = Files.createDirectories(folder.resolve(name).resolve("bin"));
    String script =
        """
        #!/bin/sh
        if [ "$1" = "-XshowSettings:properties" ]; then
          echo "    java.specification.version = %s" >&2
          exit 0
        fi
        for argument in "$@"; do printf '<%%s>\\n' "$argument"; done
        exit 7
        """
            .formatted(version);
    executable(bin.resolve("java"), script);
    return folder.resolve(name);
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Result launch(Path workingFolder, Path javaHome, Path launcher, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/bash", launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(workingFolder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    process.environment().clear();
    process.environment().put("PATH", tools.toString());
    process.environment().put("JAVA_HOME", javaHome.toString());
    process.environment().put("DISASSEMBLER_JVMS", folder.resolve("jvms").toString());
    int code = process.start().waitFor();
    return new Result(code, Files.readAllLines(out), Files.readString(err));
  }

  private record Result(int code, List<String> out, String err) {}
}
