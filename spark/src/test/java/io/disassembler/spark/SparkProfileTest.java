package io.disassembler.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.data.Shard;
import io.disassembler.profile.ProfileFile;
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

/** On a real cluster, beside shards profiled and merged by hand. */
class SparkProfileTest {
  private static final int IMAGES = 10;
  private static final int SHARDS = 4;

  @TempDir private static Path folder = Path.of("");
  private static Cluster cluster;
  private static byte[] byHand = {};
  private static byte[] ofSome = {};

  @BeforeAll
  static void prepare() throws IOException, InterruptedException {
    cluster = new Cluster(Files.createDirectory(folder.resolve("cluster")));
    Files.createDirectory(folder.resolve("images"));
    try (Stream<Path> files = Files.list(Bundled.images())) {
      for (Path image : files.sorted().limit(IMAGES).toList()) {
        Files.copy(image, images().resolve(image.getFileName().toString()));
      }
    }
    Files.writeString(images().resolve("broken.jpg"), "no image");
    byHand = byHand(List.of());
    ofSome = byHand(List.of(1, 0));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    cluster.close();
  }

  private static Path images() {
    return folder.resolve("images");
  }

  /** What {@code profile --shard} and {@code profile merge} do, for some categories or all. */
  private static byte[] byHand(List<Integer> categories) throws IOException {
    List<Path> shards = new ArrayList<>();
    try (SegmentationNetwork network =
        SegmentationNetwork.at(Bundled.network()).threads(1).open()) {
      for (int k = 1; k <= SHARDS; k++) {
        Path shard = folder.resolve("shard%d.h5".formatted(k));
        network
            .profile(ImageSet.folder(images()).keepGoing(true).shard(new Shard(k, SHARDS)))
            .only(categories)
            .runTo(shard, false);
        shards.add(shard);
      }
      Path merged = folder.resolve("byhand.h5");
      ProfileFile.write(network.mergeProfiles(shards), merged);
      return Files.readAllBytes(merged);
    }
  }

  private static String profile(
      String name, String images, List<String> settings, String... options)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(
        List.of(
            Bundled.network().toString(),
            "--images",
            images,
            "--shards",
            String.valueOf(SHARDS),
            "--parts",
            parts(name).toUri().toString(),
            "--keep-going",
            "--output",
            folder.resolve(name + ".h5").toString()));
    return cluster.submit(SparkProfile.class, name, settings, arguments);
  }

  private static Path parts(String name) {
    return folder.resolve("parts-" + name);
  }

  private static void assertAsByHand(String name, String log, byte[] expected) throws IOException {
    assertThat(log).contains("10 images (without masks), 4 shards").endsWith("exit 0");
    assertThat(Files.readAllBytes(folder.resolve(name + ".h5"))).isEqualTo(expected);
  }

  @Test
  void isWhatShardsByHandAreAndGoesOnWithWhatIsThere() throws IOException, InterruptedException {
    String log = profile("plain", images().toString(), List.of(), "--categories", "1,0");
    assertAsByHand("plain", log, ofSome);
    assertThat(log.lines().filter(line -> line.contains("broken.jpg")))
        .singleElement()
        .asString()
        .contains("1 of 11 images are broken");
    try (Stream<Path> files = Files.list(parts("plain"))) {
      Files.delete(files.filter(file -> file.toString().endsWith(".h5")).findFirst().orElseThrow());
    }
    Files.delete(folder.resolve("plain.h5"));
    log = profile("plain", images().toString(), List.of(), "--categories", "0,1");
    assertAsByHand("plain", log, ofSome);
    assertThat(log).contains("3 of 4 shards were done earlier");
  }

  /** Two failures of one task, an executor that dies while it works, and a copy of a slow task. */
  @Test
  void nothingCountsTwiceWhateverHappens() throws IOException, InterruptedException {
    List<Path> first = new ArrayList<>();
    for (int k = 1; k <= SHARDS; k++) {
      first.add(ImageSet.folder(images()).shard(new Shard(k, SHARDS)).samples().get(0).image());
    }
    Mishaps failing = new Mishaps(first.get(0)).plan("ff");
    Mishaps killing = new Mishaps(first.get(1)).plan("k");
    Mishaps slow = new Mishaps(first.get(SHARDS - 1)).plan("s");
    String log =
        profile(
            "flaky",
            "flaky://" + images(),
            List.of(
                "spark.hadoop.fs.flaky.impl=" + FlakyFileSystem.class.getName(),
                "spark.speculation=true",
                "spark.speculation.interval=200ms",
                "spark.speculation.quantile=0.5",
                "spark.speculation.multiplier=1.1",
                "spark.speculation.minTaskRuntime=1s"));
    assertAsByHand("flaky", log, byHand);
    assertThat(failing.happened()).startsWith("ff-");
    assertThat(killing.happened()).startsWith("k-");
    // Read by a copy of the task; the slow one had not come to it when the copy was done.
    assertThat(slow.happened()).startsWith("s-");
  }

  @Test
  void saysWhatCannotBeUsed() throws IOException, InterruptedException {
    String log = profile("missing", "file:///nowhere", List.of());
    assertThat(folder.resolve("missing.h5")).doesNotExist();
    assertThat(log)
        .contains("disassembler: file:///nowhere: there is no such folder")
        .endsWith("exit 2");
  }
}
