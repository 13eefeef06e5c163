package io.disassembler.cli;

import io.disassembler.Version;
import io.disassembler.comparison.Machine;
import io.disassembler.report.Code;
import io.disassembler.report.Facts;
import io.disassembler.report.Section;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The end of every report: what it takes to make it again. */
final class Reproduction {
  private Reproduction() {}

  /**
   * The command, and what it ran with.
   *
   * @param hashes what went in and came out, and its SHA-256
   */
  static List<Section> sections(@Nullable CommandSpec spec, Map<String, String> hashes) {
    Machine machine = Machine.current();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", LocalDate.now(ZoneId.systemDefault()).toString());
    facts.put("Disassembler", Version.current());
    facts.put(
        "machine",
        "%s, %d cores, %s, Java %s"
            .formatted(machine.processor(), machine.cores(), machine.system(), machine.java()));
    facts.put("working folder", Path.of("").toAbsolutePath().toString());
    hashes.forEach((what, sha256) -> facts.put("SHA-256 of " + what, sha256));
    return List.of(
        new Code("The command", TypedCommand.of(spec)),
        new Facts("Settings and hashes to make it again", facts));
  }
}
