package io.disassembler.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultLogTest {
  private static final Approach HALF = new Approach("train", "l1", "ridge", 0.5);
  private static final CellResult CAR = Cells.cell("car", HALF, 72);
  private static final CellResult SKY = Cells.refused("sky", HALF);

  private final Path file;

  ResultLogTest(@TempDir Path folder) {
    file = folder.resolve("results.jsonl");
  }

  @Test
  void findsWhatEarlierRunsFound() {
    append(CAR);
    append(SKY);

    try (ResultLog log = ResultLog.open(file)) {
      assertThat(log.find(CAR.settings())).contains(CAR);
      assertThat(log.find(SKY.settings())).contains(SKY);
      assertThat(log.find("other settings")).isEmpty();
    }
  }

  @Test
  void aLineThatWasCutOffIsDropped() throws IOException {
    append(CAR);
    String whole = Files.readString(file);
    append(SKY);
    for (long length = Files.size(file) - 1; length > whole.length(); length -= 7) {
      Files.writeString(file, Files.readString(file).substring(0, (int) length));

      try (ResultLog log = ResultLog.open(file)) {
        assertThat(log.find(CAR.settings())).contains(CAR);
        assertThat(log.find(SKY.settings())).isEmpty();
        log.append(SKY);
      }
      try (ResultLog log = ResultLog.open(file)) {
        assertThat(log.find(SKY.settings())).contains(SKY);
      }
    }
  }

  @Test
  void refusesAnotherFile() throws IOException {
    Files.writeString(file, "{\"note\": \"not ours\"}\n");

    assertThatThrownBy(() -> ResultLog.open(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + ": line 1");
  }

  @Test
  void refusesASecondRun() {
    try (ResultLog first = ResultLog.open(file)) {
      assertThatThrownBy(() -> ResultLog.open(file))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("another run");
      first.append(CAR);
    }
  }

  private void append(CellResult result) {
    try (ResultLog log = ResultLog.open(file)) {
      log.append(result);
    }
  }
}
