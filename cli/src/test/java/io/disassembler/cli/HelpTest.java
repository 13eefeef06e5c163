package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Criterion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the command line says of itself. */
class HelpTest {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  static Stream<String> commands() {
    return Main.describe().getSubcommands().keySet().stream().filter(name -> !name.equals("help"));
  }

  @Test
  void withoutACommandThereIsHelp() {
    Invocation bare = Invocation.of();

    assertThat(bare.code()).isZero();
    assertThat(bare.err()).isEmpty();
    assertThat(bare.out()).isEqualTo(Invocation.of("--help").out()).contains("demo", "extract");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyExampleCanBeParsed(String command) {
    String help = Invocation.succeedQuietly(command, "--help").out();

    List<String> examples =
        help.substring(help.indexOf("Examples:"))
            .replaceAll("\\\\\\R", "")
            .lines()
            .skip(1)
            .map(line -> line.split(" [|>]", 2)[0].strip())
            .toList();
    assertThat(examples).hasSizeGreaterThan(1);
    for (String example : examples) {
      assertThat(example).startsWith("disassembler " + command);
      String[] words =
          WORD.matcher(example)
              .results()
              .skip(1)
              .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
              .toArray(String[]::new);
      assertThat(Main.describe().parseArgs(Main.oneWord(words)).errors()).as(example).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noLineIsTornApart(String command) {
    assertThat(Invocation.succeedQuietly(command, "--help").out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void optionsAreInGroups() {
    String help = Invocation.succeedQuietly("extract", "--help").out();

    assertThat(help)
        .containsSubsequence(
            "--categories",
            "Network:",
            "--card",
            "Images:",
            "--masks",
            "Profile:",
            "--threshold",
            "What is kept:",
            "--criterion",
            "--keep-macs",
            "What makes up for the rest:",
            "--recovery",
            "Output:",
            "--json",
            "--overwrite",
            "Examples:");
    Matcher criteria = Pattern.compile("What ranks channels: ([^.]*)\\.").matcher(help);
    assertThat(criteria.find()).isTrue();
    assertThat(criteria.group(1).split(",\\s+", -1))
        .containsExactly(
            Arrays.stream(Criterion.values()).map(Criterion::id).toArray(String[]::new));
  }

  @Test
  void wordsAreShownAsTheyAreTyped() {
    String train = Invocation.succeedQuietly("train", "--help").out();

    assertThat(train)
        .contains("deeplabv3plus", "mobilenet_v3_large", "sqrt_inverse", "frozen")
        .doesNotContain("DEEPLAB", "RESNET", "SQRT_INVERSE", "FROZEN");
    assertThat(Invocation.succeedQuietly("compare", "--help").out())
        .contains(RecoveryMethod.CLOSED_LOOP.id());
  }

  @Test
  void manualAndCompletionKnowEveryCommandAndOption(@TempDir Path folder) throws IOException {
    Manual.write(folder);

    String bash = Files.readString(folder.resolve("disassembler"));
    assertThat(Files.readString(folder.resolve("_disassembler")))
        .startsWith("#compdef disassembler\n")
        .contains(bash);
    for (CommandLine command : Main.describe().getSubcommands().values()) {
      String name = command.getCommandName();
      String page =
          Files.readString(folder.resolve("disassembler-" + name.replace(' ', '_') + ".adoc"));
      for (CommandLine.Model.OptionSpec option : command.getCommandSpec().options()) {
        assertThat(page).contains(option.longestName() + "*");
        assertThat(bash).contains("'" + option.longestName() + "'");
      }
    }
    assertThat(Files.readString(folder.resolve("disassembler-extract.adoc")))
        .contains("What is kept", "disassembler extract model.onnx");
  }

  @Test
  void whatIsNoShareIsRefused() {
    assertThat(Invocation.of("extract", "m.onnx", "-o", "x.onnx", "--keep-macs", "a lot").err())
        .contains("--keep-macs", "expected a share such as 0.5 or 50%, found 'a lot'");
    assertThatThrownBy(() -> Main.describe().parseArgs("extract", "m", "--keep-macs", "%"))
        .isInstanceOf(CommandLine.ParameterException.class);
  }
}
