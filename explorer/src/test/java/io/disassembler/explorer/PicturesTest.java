package io.disassembler.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.explorer.Http.Answer;
import io.disassembler.explorer.work.Pictures;
import io.disassembler.explorer.work.Pictures.Picture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
  private static final Preprocessor PREPROCESSOR =
      new Preprocessor(NetworkCard.unnamed(2), new Size(4, 4));

  @TempDir private Path folder = Path.of("");

  @Test
  void theSameImageDroppedTwiceAtOnceIsThereForBoth() throws Exception {
    ExecutorService people = Executors.newFixedThreadPool(2);
    try (Pictures pictures = new Pictures(List.of(), PREPROCESSOR, Explorers.LIMITS)) {
      for (int size = 100; size < 120; size++) {
        byte[] bytes = IntruderTest.png(size, size);
        Callable<Picture> drop = () -> pictures.drop(bytes, "same.png");
        for (Future<Picture> dropped : people.invokeAll(List.of(drop, drop))) {
          assertThat(pictures.decode(dropped.get()).size().width()).isEqualTo(size);
        }
      }
    } finally {
      people.shutdown();
    }
  }

  @Test
  void anotherFileOfTheSameNameIsAnotherPicture() throws IOException {
    Path first = Files.write(folder.resolve("a.png"), IntruderTest.png(20, 10));
    Path second =
        Files.copy(first, Files.createDirectory(folder.resolve("other")).resolve("a.png"));
    String version = version(first);

    assertThat(version(first)).isEqualTo(version);
    assertThat(version(second)).isNotEqualTo(version);
    Files.write(first, IntruderTest.png(30, 10));
    assertThat(version(first)).isNotEqualTo(version);
  }

  private static String version(Path file) {
    try (Pictures pictures =
        new Pictures(List.of(new Sample("a", file, null)), PREPROCESSOR, Explorers.LIMITS)) {
      return pictures.version(pictures.given().get(0));
    }
  }

  @Test
  void aBrowserAsksWhetherThePictureIsStillTheSame() {
    try (Explorer explorer = Explorers.start()) {
      Http http = new Http(URI.create(explorer.url()).getPort());
      String id = http.get("/api/pictures").json().path("pictures").path(0).path("id").asText();
      String path = "/api/pictures/" + id + "?width=40";

      Answer answer = http.get(path);
      Answer same = http.get(path, "If-None-Match: " + answer.header("ETag"));
      Answer other = http.get(path, "If-None-Match: \"0000000000000000\"");

      assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
      assertThat(same.status()).isEqualTo(304);
      assertThat(same.body()).isEmpty();
      assertThat(other.status()).isEqualTo(200);
      assertThat(other.body()).isEqualTo(answer.body());
    }
  }
}
