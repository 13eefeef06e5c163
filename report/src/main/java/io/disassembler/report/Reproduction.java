package io.disassembler.report;

import io.disassembler.base.Build;
import io.disassembler.comparison.Machine;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of every report: what it takes to make it again.
 *
 * @param command the line that does; null where there is none
 * @param folder where it was run; null where that is nobody's business
 */
public record Reproduction(@Nullable String command, @Nullable Path folder) {

  /**
   * The command, and what it ran with.
   *
   * @param hashes what went in and came out, and its SHA-256
   */
  public List<Section> sections(Map<String, String> hashes) {
    Machine machine = Machine.current();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", LocalDate.now(ZoneId.systemDefault()).toString());
    facts.put("Disassembler", Build.version());
    facts.put(
        "machine",
        "%s, %d cores, %s, Java %s"
            .formatted(machine.processor(), machine.cores(), machine.system(), machine.java()));
    if (folder != null) {
      facts.put("working folder", folder.toString());
    }
    hashes.forEach((what, sha256) -> facts.put("SHA-256 of " + what, sha256));
    Section settings = new Facts("Settings and hashes to make it again", facts);
    return command == null
        ? List.of(settings)
        : List.of(new Code("The command", command), settings);
  }
}
