package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.cli.output.OptionWording;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Thresholds;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class OptionWordingTest {
  @ParameterizedTest
  @EnumSource
  void everySettingIsAnOptionOfSomeCommand(Setting setting) {
    assertThat(commands().keySet())
        .anySatisfy(command -> assertThat(worded(command, setting)).startsWith("wrong (--"));
  }

  @Test
  void optionsAreCalledAsTheCommandCallsThem() {
    assertThat(worded("extract", Setting.RECOVERY)).isEqualTo("wrong (--recovery)");
    assertThat(worded("compare", Setting.RECOVERY)).isEqualTo("wrong (--recoveries)");
    assertThat(worded("extract", Setting.CALIBRATION_IMAGES, Setting.SEED))
        .isEqualTo("wrong (--images, --seed)");
    assertThat(worded("compare", Setting.CALIBRATION_IMAGES)).isEqualTo("wrong (--calibration)");
  }

  @Test
  void whatACommandHasNoOptionForIsNotNamed() {
    assertThat(worded("inspect", Setting.RECOVERY)).isEqualTo("wrong");
    assertThat(worded("inspect")).isEqualTo("wrong");
  }

  @Test
  void warningsNameTheOptionsToo() {
    assertThat(OptionWording.of("two outputs", Setting.OUTPUT))
        .isEqualTo("two outputs (--output-name)");
    assertThat(OptionWording.of("slow")).isEqualTo("slow");
  }

  @Test
  void goalsAreNamedAsTheyAreAskedFor() {
    assertThat(OptionWording.of(new Budget(Budget.Measure.MACS, 0.5))).isEqualTo("--keep-macs 0.5");
    assertThat(OptionWording.of(new Budget(Budget.Measure.PARAMETERS, 0.25)))
        .isEqualTo("--keep-parameters 0.25");
    assertThat(OptionWording.of(new Thresholds(0.2, 0.1))).isEqualTo("--alpha 0.2 --beta 0.1");
  }

  private static String worded(String command, Setting... settings) {
    return OptionWording.of(
        new InvalidInputException("wrong", settings),
        Objects.requireNonNull(commands().get(command)).getCommandSpec());
  }

  private static Map<String, CommandLine> commands() {
    return new CommandLine(Main.class).getSubcommands();
  }
}
