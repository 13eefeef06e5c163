package io.disassembler.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.data.Shard;
import io.disassembler.testing.Bundled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real cluster, beside one evaluation on one machine. */
class SparkEvaluateTest {
  private static final int IMAGES = 10;
  private static final int SHARDS = 4;

  @TempDir private static Path folder = Path.of("");
  private static Cluster cluster;
  private static String onOneMachine = "";

  @BeforeAll
  static void prepare() throws IOException, InterruptedException {
    cluster = new Cluster(Files.createDirectory(folder.resolve("cluster")));
    copy(Bundled.images(), images());
    copy(Bundled.masks(), masks());
    Files.writeString(images().resolve("broken.jpg"), "no image");
    Path mask;
    try (Stream<Path> files = Files.list(masks())) {
      mask = files.sorted().findFirst().orElseThrow();
    }
    Files.copy(mask, masks().resolve("broken.png"));
    try (SegmentationNetwork network =
        SegmentationNetwork.at(Bundled.network()).threads(1).open()) {
      network
          .extract("car")
          .from(network.profile(ImageSet.folder(Bundled.images()).atMost(2)).run())
          .keepMacs(0.5)
          .run()
          .write(subNetwork());
      onOneMachine =
          network
              .evaluate(ImageSet.folder(images(), masks()).keepGoing(true))
              .of(subNetwork())
              .latency(null)
              .run()
              .toJson();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.sorted().limit(IMAGES).toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    cluster.close();
  }

  private static Path images() {
    return folder.resolve("images");
  }

  private static Path masks() {
    return folder.resolve("masks");
  }

  private static Path subNetwork() {
    return folder.resolve("car.onnx");
  }

  private static String evaluate(String name, String scheme, List<String> settings)
      throws IOException, InterruptedException {
    return cluster.submit(
        SparkEvaluate.class,
        name,
        settings,
        List.of(
            Bundled.network().toString(),
            subNetwork().toString(),
            "--images",
            scheme + images(),
            "--masks",
            scheme + masks(),
            "--shards",
            String.valueOf(SHARDS),
            "--parts",
            folder.resolve("parts-" + name).toUri().toString(),
            "--keep-going",
            "--json",
            json(name).toString()));
  }

  private static Path json(String name) {
    return folder.resolve(name + ".json");
  }

  @Test
  void isWhatOneMachineFinds() throws IOException, InterruptedException {
    String log = evaluate("plain", "", List.of());

    assertThat(log).endsWith("exit 0").contains("1 of 11 images are broken", "broken.jpg");
    assertThat(Files.readString(json("plain"))).isEqualTo(onOneMachine);
    assertThat(onOneMachine).contains("\"labels\" : \"masks\"", "\"images\" : 10");
  }

  /** Two failures of one task, an executor that dies while it works, and a copy of a slow task. */
  @Test
  void noPixelCountsTwiceWhateverHappens() throws IOException, InterruptedException {
    List<Mishaps> mishaps = new ArrayList<>();
    for (int k = 1; k <= 3; k++) {
      Path first = ImageSet.folder(images()).shard(new Shard(k, SHARDS)).samples().get(0).image();
      mishaps.add(new Mishaps(first).plan(List.of("ff", "k", "s").get(k - 1)));
    }
    String log =
        evaluate(
            "flaky",
            "flaky://",
            List.of(
                "spark.hadoop.fs.flaky.impl=" + FlakyFileSystem.class.getName(),
                "spark.speculation=true",
                "spark.speculation.interval=200ms",
                "spark.speculation.quantile=0.5",
                "spark.speculation.multiplier=1.1",
                "spark.speculation.minTaskRuntime=1s"));

    assertThat(log).endsWith("exit 0");
    assertThat(Files.readString(json("flaky"))).isEqualTo(onOneMachine);
    assertThat(mishaps.get(0).happened()).startsWith("ff-");
    assertThat(mishaps.get(1).happened()).startsWith("k-");
    assertThat(mishaps.get(2).happened()).startsWith("s-");
  }
}
