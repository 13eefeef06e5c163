package io.disassembler.explorer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page is made of. */
class PageTest {
  private static final Path FOLDER =
      Path.of("src/main/resources/io/disassembler/explorer/http/page");

  @Test
  void hasNoOtherParts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(Page.FILES);
    }
  }

  @Test
  void leadsNowhereElse() throws IOException {
    for (String file : Page.FILES) {
      assertThat(Files.readString(FOLDER.resolve(file)).replace("http://www.w3.org/2000/svg", ""))
          .as(file)
          .doesNotContain("http://", "https://");
    }
  }
}
