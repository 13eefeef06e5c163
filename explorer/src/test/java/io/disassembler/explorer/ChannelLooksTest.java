package io.disassembler.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.EvaluationSettings;
import io.disassembler.explorer.work.Subject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelLooksTest {
  private static final int IMAGES = 21;

  @TempDir private Path folder = Path.of("");

  @Test
  void oneBrokenImageAmongManyIsLeftOut() throws IOException {
    JsonNode task = look(1, false);

    assertThat(task.path("state").asText()).isEqualTo("done");
    assertThat(task.path("result").path("images").asInt()).isEqualTo(IMAGES - 1);
    assertThat(task.path("result").path("strongest")).hasSize(6);
  }

  @Test
  void manyAreRefusedUnlessToldToKeepGoing() throws IOException {
    JsonNode refused = look(5, false);
    JsonNode kept = look(5, true);

    assertThat(refused.path("state").asText()).isEqualTo("failed");
    assertThat(refused.path("error").asText()).contains("more than 5 %", "go on without them");
    assertThat(kept.path("state").asText()).isEqualTo("done");
    assertThat(kept.path("result").path("images").asInt()).isEqualTo(IMAGES - 5);
  }

  /** What excites a channel where the first images are broken. */
  private JsonNode look(int broken, boolean keepGoing) throws IOException {
    Subject street = Explorers.street();
    Path bad = Files.writeString(folder.resolve("broken.png"), "no image");
    List<Sample> samples =
        IntStream.range(0, IMAGES)
            .mapToObj(
                i ->
                    new Sample(
                        "image" + i,
                        i < broken
                            ? bad
                            : street.samples().get(i % street.samples().size()).image(),
                        null))
            .toList();
    EvaluationSettings settings = street.evaluation();
    Subject subject =
        new Subject(
            street.extraction(),
            street.input(),
            street.reference(),
            new EvaluationSettings(
                settings.size(),
                settings.threads(),
                keepGoing,
                settings.thresholds(),
                settings.latency()),
            samples);
    // The one image to measure on is that in the middle.
    ExplorerSettings all = new ExplorerSettings("localhost", 0, 1, IMAGES, Explorers.LIMITS, null);
    try (Explorer explorer = Explorer.start(subject, all, (done, total) -> {})) {
      return new Http(URI.create(explorer.url()).getPort())
          .finished("channels", "{\"session\":\"c\",\"layer\":1,\"kernel\":3}");
    }
  }
}
