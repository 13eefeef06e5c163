package io.disassembler;

import static io.disassembler.profile.ProfileAssertions.assertSameOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Sha256;
import io.disassembler.data.Mask;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.scenes.Example;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.Thresholds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program does with the facade, on the bundled network and scenes. */
class SegmentationNetworkTest {
  private static Example example;
  private static ImageSet learning;
  private static ImageSet others;
  private static Profile profile;

  @BeforeAll
  static void profile(@TempDir Path folder) {
    example = Example.copyTo(folder);
    learning =
        ImageSet.folder(example.learning().resolve("images"), example.learning().resolve("masks"));
    others = ImageSet.folder(example.test().resolve("images"), example.test().resolve("masks"));
    try (SegmentationNetwork network = open()) {
      profile = network.profile(learning.atMost(6)).run();
    }
  }

  private static SegmentationNetwork open() {
    return SegmentationNetwork.at(example.model()).threads(2).open();
  }

  @Test
  void cutsProvesWritesAndEvaluates(@TempDir Path folder) {
    Path file = folder.resolve("small.onnx");
    try (SegmentationNetwork network = SegmentationNetwork.open(example.model())) {
      SubNetwork small =
          network.extract("car").from(profile).keepMacs(0.6).recoverWith(learning, 8).run();
      assertThat(small.proof().cutAgainstMasked().holds()).isTrue();
      assertThat(small.proof().runtimeAgainstEngine().holds()).isTrue();
      assertThat(small.categories()).containsExactly("car");
      assertThat(small.cost().macs()).isLessThanOrEqualTo(small.fullCost().macs() * 6 / 10);
      assertThat(small.plan().recovery()).isEqualTo(RecoveryMethod.CLOSED_LOOP.id());
      small.write(file);

      EvaluationResult result = network.evaluate(others.atMost(6)).latency(null).of(file).run();
      assertThat(result.networks()).hasSize(1);
      assertThat(result.networks().get(0).categories().get(0).retention()).isGreaterThan(0.7);
    }
  }

  @Test
  void makesTheSameFileAgainFromItsPlan(@TempDir Path folder) throws IOException {
    Path first = folder.resolve("first.onnx");
    Path second = folder.resolve("second.onnx");
    try (SegmentationNetwork network = open()) {
      network.extract("car", "road").from(profile).keepParameters(0.4).run().write(first);
      network.replay(first).from(profile).run().write(second);
    }
    assertThat(Sha256.of(second)).isEqualTo(Sha256.of(first));
  }

  /** Nothing that makes a sub-network looks at categories that were not chosen. */
  @Test
  void cutsTheSameFromAProfileOfTheChosenCategories(@TempDir Path folder) throws IOException {
    try (SegmentationNetwork network = open()) {
      Profile some = network.profile(learning.atMost(6)).only("road", "car").run();
      List<Integer> chosen = some.header().profiled();
      assertThat(some.header().profiledNames()).containsExactlyInAnyOrder("car", "road");
      assertSameOf(chosen, some, profile);
      for (Criterion criterion : Criterion.values()) {
        assertThat(criterion.score(network.anatomy(), some, chosen))
            .as(criterion.id())
            .isEqualTo(criterion.score(network.anatomy(), profile, chosen));
      }
      assertSameCut(
          profiled -> network.extract("car", "road").from(profiled).keepAbove(0.2, 0.1),
          some,
          folder);
      assertSameCut(
          profiled -> network.extract("road").from(profiled).recoverWith(learning, 8),
          some,
          folder);
      assertThatThrownBy(() -> network.extract("tree").from(some).run())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("alone and says nothing of tree");
      Thresholds thresholds = new Thresholds(0.2, 0.1);
      assertThatThrownBy(
              () ->
                  thresholds.select(
                      network.anatomy(),
                      some,
                      network.card().parse("tree"),
                      Criterion.RECONSTRUCTION))
          .hasMessageContaining("says nothing of tree");
    }
  }

  /** The same bytes, but for the profile's hash in the plan. */
  private static void assertSameCut(
      Function<Profile, ExtractRequest> cut, Profile some, Path folder) throws IOException {
    SubNetwork expected = cut.apply(profile).run();
    SubNetwork found = cut.apply(some).run();
    assertThat(found.plan().kept()).isEqualTo(expected.plan().kept());
    assertThat(found.plan().profile()).isEqualTo(some.sha256());
    String bytes = written(expected, folder.resolve("expected.onnx"));
    assertThat(bytes).contains(profile.sha256());
    assertThat(written(found, folder.resolve("found.onnx")))
        .isEqualTo(bytes.replace(profile.sha256(), some.sha256()));
  }

  private static String written(SubNetwork network, Path file) throws IOException {
    network.write(file);
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  @Test
  void profilesOnTheFlyOnlyWhatIsChosen() {
    try (SegmentationNetwork network = open()) {
      SubNetwork small = network.extract("road").profiling(network.profile(learning)).run();
      assertThat(small.plan().profile())
          .isEqualTo(network.profile(learning).only("road").run().sha256());
      assertThatThrownBy(() -> network.profile(learning).only("roda"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("nearest: road");
      assertThatThrownBy(() -> network.profile(learning).only(List.of(99)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("category 99: expected a number from 0 to");
    }
  }

  @Test
  void recoversFromTheProfileAloneWhereThereAreNoImages() {
    try (SegmentationNetwork network = open()) {
      SubNetwork small = network.extract(List.of(0)).from(profile).run();
      assertThat(small.plan().recovery()).isEqualTo(RecoveryMethod.RIDGE.id());
      assertThat(small.cost().macs()).isLessThanOrEqualTo(small.fullCost().macs() / 2);
    }
  }

  @Test
  void findsTheSmallestThatKeepsEnough() {
    try (SegmentationNetwork network = open()) {
      SubNetwork small =
          network.extract("car").from(profile).minRetention(0.5, others.atMost(8)).run();
      assertThat(small.tried()).hasSizeGreaterThan(2);
      assertThat(small.cost().macs()).isLessThan(small.fullCost().macs());
    }
  }

  /** What is timed is not recovered, what is found is. */
  @Test
  void findsOneThatIsFastEnoughAndRecoversIt() {
    try (SegmentationNetwork network = open()) {
      SubNetwork small =
          network
              .extract("car")
              .from(profile)
              .recoverWith(learning, 12)
              .keepLatency(1000.0 / 1001)
              .run();
      assertThat(small.tried()).isNotEmpty();
      assertThat(small.plan().recovery()).isEqualTo(RecoveryMethod.CLOSED_LOOP.id());
      assertThat(small.plan().goal())
          .isInstanceOfSatisfying(
              Budget.class,
              budget ->
                  assertThat(small.tried())
                      .anyMatch(tried -> tried.share() == budget.share() && tried.finding().met()));
    }
  }

  @Test
  void segmentsAnImageAtItsOwnSize() throws IOException {
    Sample sample = learning.samples().get(0);
    Mask mask = Mask.read(Objects.requireNonNull(sample.mask()));
    try (SegmentationNetwork network = open()) {
      int[] labels = network.segment(sample.image());
      assertThat(labels).hasSize(mask.size().area());
      long right =
          IntStream.range(0, labels.length).filter(i -> labels[i] == mask.values()[i]).count();
      assertThat((double) right / labels.length).isGreaterThan(0.8);
      assertThat(network.segment(sample.image())).isEqualTo(labels);
    }
  }

  @Test
  void saysHowFarItIsFromBeginningToEnd() {
    List<String> heard = new ArrayList<>();
    try (SegmentationNetwork network =
        SegmentationNetwork.at(example.model())
            .progress((task, done, total) -> heard.add(task + " " + done + "/" + total))
            .open()) {
      network.profile(learning.atMost(2)).run();
    }
    assertThat(heard).containsExactly("Profiling 0/2", "Profiling 1/2", "Profiling 2/2");
  }

  @Test
  void goesOnWhereProfilingWasStopped(@TempDir Path folder) {
    Path file = folder.resolve("street.profile.h5");
    AtomicInteger steps = new AtomicInteger();
    try (SegmentationNetwork network =
        SegmentationNetwork.at(example.model())
            .progress((task, done, total) -> steps.incrementAndGet())
            .open()) {
      Profile made = network.profile(learning.atMost(3)).runTo(file, false);
      assertThat(network.readProfile(file).sha256()).isEqualTo(made.sha256());
      assertThat(folder.resolve("street.profile.h5.partial")).doesNotExist();
    }
    assertThat(steps.get()).isEqualTo(4);
  }

  @Test
  void refusesWhatCannotBeMeant() {
    try (SegmentationNetwork network = open()) {
      assertThatThrownBy(() -> network.extract("cat"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("cat");
      assertThatThrownBy(() -> network.extract("car").run())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("expected a profile");
      assertThatThrownBy(() -> network.extract("car").recoverWith(learning, 2))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("at least 8");
      assertThatThrownBy(
              () ->
                  network
                      .extract("car")
                      .from(profile)
                      .keepMacs(0.5)
                      .minRetention(0.9, others)
                      .run())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("expected no goal");
      assertThatThrownBy(
              () ->
                  network.extract("car").from(profile).minRetention(0.9, learning.atMost(3)).run())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("all images in it were profiled");
    }
    assertThatThrownBy(() -> SegmentationNetwork.open(Path.of("nowhere.onnx")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nowhere.onnx");
  }

  @Test
  void ofAnotherNetworkIsNoProfileToReadHere(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("street.profile.h5");
    io.disassembler.profile.ProfileFile.write(profile, file);
    Path other = folder.resolve("other.onnx");
    try (SegmentationNetwork network = open()) {
      network.extract("car").from(profile).run().write(other);
    }
    try (SegmentationNetwork network = SegmentationNetwork.open(other)) {
      assertThatThrownBy(() -> network.readProfile(file)).isInstanceOf(InvalidInputException.class);
    }
    assertThat(Files.exists(file)).isTrue();
  }
}
