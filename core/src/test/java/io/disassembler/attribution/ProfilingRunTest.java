package io.disassembler.attribution;

import static io.disassembler.profile.ProfileAssertions.assertSame;
import static io.disassembler.profile.ProfileAssertions.assertSameOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.Checkpoint;
import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Value;
import io.disassembler.input.NetworkInput;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilingRunTest {
  private static final ProfilingListener NOBODY = (done, total) -> {};

  @TempDir private Path folder = Path.of("");

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static ProfilingRun run(Network network, String sha256, double threshold, int batch) {
    return run(network, sha256, threshold, batch, 2);
  }

  private static ProfilingRun run(
      Network network, String sha256, double threshold, int batch, int threads) {
    return run(network, sha256, new ProfilingSettings(threshold, 3, batch, false, "cpu"), threads);
  }

  private static ProfilingRun run(
      Network network, String sha256, ProfilingSettings settings, int threads) {
    NetworkInput input = NetworkInput.of(network, null);
    return new ProfilingRun(
        Anatomy.of(network, input.shapes(), threads),
        input,
        NetworkCard.unnamed(SmallNetwork.CATEGORIES),
        sha256,
        settings);
  }

  /** For some categories alone. */
  private static ProfilingRun runOnly(Integer... categories) {
    ProfilingSettings settings = new ProfilingSettings(0.5, 3, 1, false, "cpu");
    return run(SmallNetwork.network(1), "ab", settings.only(List.of(categories)), 2);
  }

  private static ProfilingRun run(int batch) {
    return run(SmallNetwork.network(1), "ab", 0.5, batch);
  }

  /** Bit by bit. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void ofSomeCategoriesIsWhatAProfileOfAllSaysOfThem(int batch) {
    List<Sample> samples = samples(7);
    List<Integer> some = List.of(3, 1);
    ProfilingSettings settings = new ProfilingSettings(0.3, 3, batch, false, "cpu");
    Network network = SmallNetwork.network(5);
    Profile all = run(network, "ab", settings, 2).run(samples, Checkpoint.none(), NOBODY);
    Profile few =
        run(network, "ab", settings.only(some), 2).run(samples, Checkpoint.none(), NOBODY);
    assertThat(few.header()).isEqualTo(all.header().ofOnly(List.of(1, 3)));
    assertThat(few.header().profiledNames()).containsExactly("1", "3");
    assertSameOf(some, few, all);
    for (int other : List.of(0, 2)) {
      assertThat(all.category(other).images()).isPositive();
      assertThat(few.category(other).images()).isZero();
      assertThat(few.category(other).examples()).isEmpty();
    }
  }

  private List<Sample> samples(int count) {
    return SampleImages.write(folder, count, SmallNetwork.HEIGHT, SmallNetwork.WIDTH);
  }

  private Checkpoint checkpoint(boolean resume) {
    return Checkpoint.beside(folder.resolve("p.h5"), ".partial", resume).every(Duration.ZERO);
  }

  @Test
  void countsEveryImageOnceAndReportsProgress() {
    List<Integer> progress = new ArrayList<>();
    Profile profile =
        run(3).run(samples(7), Checkpoint.none(), (done, total) -> progress.add(10 * done + total));
    assertThat(profile.images()).hasSize(7);
    assertThat(progress).containsExactly(37, 67, 77);
    assertThat(profile.header().seed()).isEqualTo(3);
    assertThat(profile.header().labelled()).isFalse();
    assertThat(profile.header().size().height()).isEqualTo(SmallNetwork.HEIGHT);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void isTheSameWhateverTheNumberOfThreads(int threads) {
    List<Sample> samples = samples(7);
    Network network = SmallNetwork.network(1);
    Profile alone = run(network, "ab", 0.5, 1, 1).run(samples, Checkpoint.none(), NOBODY);
    Profile together = run(network, "ab", 0.5, 1, threads).run(samples, Checkpoint.none(), NOBODY);
    assertSame(together, alone, 0);
    assertThat(together.images()).isEqualTo(alone.images());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void goesOnWhereAKilledRunWasSaved(int survived) {
    List<Sample> samples = samples(7);
    Profile whole = run(1).run(samples, Checkpoint.none(), NOBODY);
    assertThatThrownBy(
            () ->
                run(1)
                    .run(
                        samples,
                        checkpoint(false),
                        (done, total) -> {
                          if (done == survived) {
                            throw new Killed();
                          }
                        }))
        .isInstanceOf(Killed.class);
    List<Integer> progress = new ArrayList<>();
    Checkpoint checkpoint = checkpoint(true);
    Profile resumed = run(1).run(samples, checkpoint, (done, total) -> progress.add(done));
    assertThat(progress).hasSize(7 - survived).startsWith(survived + 1).endsWith(7);
    assertSame(resumed, whole, 1e-12);
    checkpoint.remove();
    assertThat(folder.resolve("p.h5.partial")).doesNotExist();
  }

  @Test
  void startsAnewUnlessToldToResume() {
    run(1).run(samples(3), checkpoint(false), NOBODY);
    assertThat(run(1).run(samples(2), checkpoint(false), NOBODY).images()).hasSize(2);
    assertThat(ProfileFile.read(folder.resolve("p.h5.partial")).images()).hasSize(2);
  }

  @Test
  void refusesToResumeWhatDoesNotFit() {
    List<Sample> samples = samples(4);
    run(1).run(samples, checkpoint(false), NOBODY);
    Network network = SmallNetwork.network(1);
    assertRefused(run(network, "cd", 0.5, 1), samples, "expected model SHA-256 cd, found ab");
    assertRefused(run(network, "ab", 0.6, 1), samples, "expected threshold 0.6, found 0.5");
    assertRefused(run(1), samples.subList(0, 2), "'a02'");
    assertRefused(
        runOnly(2, 0), samples, "expected profiled categories [0, 2], found [0, 1, 2, 3]");
  }

  private void assertRefused(ProfilingRun run, List<Sample> samples, String message) {
    assertThatThrownBy(() -> run.run(samples, checkpoint(true), NOBODY))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("p.h5.partial: cannot be resumed")
        .hasMessageContaining(message);
  }

  @Test
  void savesBesideTheOutput() {
    assertThat(Checkpoint.beside(Path.of("a", "unet.profile.h5"), ".partial", true).name())
        .isEqualTo(Path.of("a", "unet.profile.h5.partial").toString());
    run(1).run(samples(2), Checkpoint.beside(folder.resolve("new.h5"), ".partial", true), NOBODY);
    assertThat(Files.exists(folder.resolve("new.h5.partial"))).isFalse();
  }

  @Test
  void fillsABatchThatTheModelFixes() {
    List<Sample> samples = samples(5);
    Network open = SmallNetwork.network(1);
    List<Dimension> dimensions =
        new ArrayList<>(open.inputs().get(0).dimensions().orElse(List.of()));
    dimensions.set(0, new Dimension.Fixed(2));
    Network.Builder fixed =
        new Network.Builder("fixed.onnx")
            .opset("", 17)
            .input(new Value("image", ElementType.FLOAT, dimensions))
            .weights(open.weights().values())
            .nodes(open.nodes())
            .outputs(open.outputs());
    assertSame(
        run(fixed.build(), "ab", 0.5, 1).run(samples, Checkpoint.none(), NOBODY),
        run(1).run(samples, Checkpoint.none(), NOBODY),
        1e-6);
  }

  @Test
  void refusesACardOfOtherCategoriesAndSettingsOutOfRange() {
    Network network = SmallNetwork.network(1);
    NetworkInput input = NetworkInput.of(network, null);
    Anatomy anatomy = Anatomy.of(network, input.shapes());
    ProfilingSettings settings = ProfilingSettings.withSeed(0);
    assertThatThrownBy(
            () -> new ProfilingRun(anatomy, input, NetworkCard.unnamed(7), "ab", settings))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("names 7 categories, but output 'logits' has 4");
    for (double threshold : new double[] {0, -1, 1.01, Double.NaN}) {
      assertThatThrownBy(() -> new ProfilingSettings(threshold, 0, 1, false, "cpu"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("threshold");
    }
    assertThatThrownBy(() -> new ProfilingSettings(0.9, 0, 0, false, "cpu"))
        .hasMessageContaining("batch");
  }
}
