package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLoaderTest {
  private static final Preprocessor PREPROCESSOR =
      new Preprocessor(NetworkCard.unnamed(4), new Size(2, 3));

  private final Path folder;

  ImageLoaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void imagesComeInTheirOrderWhateverTheNumberOfThreads(int threads) throws IOException {
    List<Sample> samples = samples(30, Set.of());
    List<LoadedImage> loaded = load(samples, threads, false);
    assertThat(loaded).extracting(LoadedImage::sample).isEqualTo(samples);
    assertThat(loaded)
        .extracting(LoadedImage::index)
        .isEqualTo(IntStream.range(0, 30).boxed().toList());
  }

  @Test
  void imagesComeWithPixelsLabelsAndTheirSize() throws IOException {
    Path image = TestImages.image(folder.resolve("a.png"));
    int[] values = new int[24];
    Arrays.fill(values, 12, 24, 3);
    Path mask = TestImages.mask(folder.resolve("mask.png"), 6, values);
    LoadedImage loaded = load(List.of(new Sample("a", image, mask)), 1, false).get(0);
    assertThat(loaded.original()).isEqualTo(new Size(4, 6));
    assertThat(loaded.pixels()).isEqualTo(PREPROCESSOR.pixels(ImageDecoder.decode(image)));
    assertThat(labels(loaded)).containsExactly(0, 0, 0, 3, 3, 3);
  }

  @Test
  void labelsMayStayAsLargeAsTheImage() throws IOException {
    Path image = TestImages.image(folder.resolve("a.png"));
    int[] values = new int[24];
    Arrays.fill(values, 12, 24, 3);
    Path mask = TestImages.mask(folder.resolve("mask.png"), 6, values);
    LoadedImage loaded =
        load(List.of(new Sample("a", image, mask)), PREPROCESSOR.withLabelsOfImages()).get(0);
    assertThat(Objects.requireNonNull(loaded.labels()).size()).isEqualTo(new Size(4, 6));
    assertThat(labels(loaded)).isEqualTo(values);
    assertThat(loaded.pixels()).isEqualTo(PREPROCESSOR.pixels(ImageDecoder.decode(image)));
  }

  @Test
  void withoutMasksThereAreNoLabels() throws IOException {
    assertThat(load(samples(1, Set.of()), 1, false).get(0).labels()).isNull();
  }

  @Test
  void brokenImagesAreNamedSkippedAndCounted() throws IOException {
    List<Sample> samples = samples(40, Set.of(3, 39));
    List<LoadedImage> loaded = new ArrayList<>();
    List<BrokenImage> broken = new ArrayList<>();
    String log =
        TestImages.logged(
            () -> {
              try (ImageLoader loader = new ImageLoader(samples, PREPROCESSOR, false)) {
                loader.forEachRemaining(loaded::add);
                broken.addAll(loader.broken());
              }
            });
    assertThat(loaded).hasSize(38).extracting(LoadedImage::index).doesNotContain(3, 39);
    assertThat(broken)
        .extracting(BrokenImage::sample)
        .containsExactly(samples.get(3), samples.get(39));
    assertThat(log).contains("image03.png: not an image").contains("image39.png");
  }

  @Test
  void anUndecodableMaskOrAMissingFileCountsAsBroken() throws IOException {
    List<Sample> samples = new ArrayList<>(samples(39, Set.of()));
    Path image = TestImages.image(folder.resolve("a.png"));
    samples.add(new Sample("a", image, TestImages.broken(folder.resolve("broken.png"))));
    samples.add(new Sample("b", folder.resolve("gone.png"), null));
    try (ImageLoader loader = new ImageLoader(samples, PREPROCESSOR, false)) {
      loader.forEachRemaining(loaded -> assertThat(loaded.index()).isLessThan(39));
      assertThat(loader.broken()).hasSize(2);
      assertThat(loader.broken().get(0).reason()).contains("broken.png");
      assertThat(loader.broken().get(1).reason()).contains("gone.png: cannot be read");
    }
  }

  @Test
  void moreThanFivePercentBrokenStopOnceTwentyWereSeen() throws IOException {
    List<Sample> samples = samples(100, Set.of(0, 1));
    List<LoadedImage> loaded = new ArrayList<>();
    try (ImageLoader loader = new ImageLoader(samples, PREPROCESSOR, false)) {
      assertThatThrownBy(() -> loader.forEachRemaining(loaded::add))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("2 of 20 images are broken")
          .hasMessageContaining("image00.png");
    }
    assertThat(loaded).hasSizeBetween(17, 18);
  }

  @Test
  void fivePercentBrokenAreTolerated() throws IOException {
    assertThat(load(samples(20, Set.of(19)), 2, false)).hasSize(19);
  }

  @Test
  void fewImagesAreJudgedAtTheEnd() throws IOException {
    List<Sample> samples = samples(10, Set.of(2));
    List<LoadedImage> loaded = new ArrayList<>();
    try (ImageLoader loader = new ImageLoader(samples, PREPROCESSOR, false)) {
      assertThatThrownBy(() -> loader.forEachRemaining(loaded::add))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("1 of 10 images are broken");
    }
    assertThat(loaded).hasSizeGreaterThanOrEqualTo(8);
  }

  @Test
  void keepGoingToleratesAnyShareButNotAll() throws IOException {
    assertThat(load(samples(10, Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8)), 2, true)).hasSize(1);
    List<Sample> none = samples(3, Set.of(0, 1, 2));
    assertThatThrownBy(() -> load(none, 2, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none of the 3 images");
  }

  @Test
  void aMaskOfAnotherSizeStopsTheRunNamingBothSizes() throws IOException {
    Path image = TestImages.image(folder.resolve("a.png"));
    Path mask = TestImages.mask(folder.resolve("mask.png"), 4, new int[24]);
    assertThatThrownBy(() -> load(List.of(new Sample("a", image, mask)), 1, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("4 x 6")
        .hasMessageContaining("6 x 4")
        .hasMessageContaining("mask.png");
  }

  @Test
  void aMaskValueBeyondTheCategoriesStopsTheRunEvenWhenKeepingGoing() throws IOException {
    int[] values = new int[24];
    values[5] = 4;
    Path image = TestImages.image(folder.resolve("a.png"));
    Path mask = TestImages.mask(folder.resolve("mask.png"), 6, values);
    assertThatThrownBy(() -> load(List.of(new Sample("a", image, mask)), 1, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("value 4 (1 of 24 pixels)");
  }

  @Test
  void pastTheEndThereIsNothing() throws IOException {
    try (ImageLoader loader =
        new ImageLoader(samples(1, Set.of()), PREPROCESSOR, Augmenter.NONE, 1, false)) {
      assertThat(loader.next().index()).isZero();
      assertThat(loader.hasNext()).isFalse();
      assertThatThrownBy(loader::next).isInstanceOf(NoSuchElementException.class);
    }
    assertThat(load(List.of(), 1, false)).isEmpty();
  }

  @Test
  void noMoreImagesAreDecodedThanTheBoundAllows() throws IOException {
    List<Sample> samples = samples(20, Set.of());
    try (ImageLoader loader = new ImageLoader(samples, PREPROCESSOR, Augmenter.NONE, 1, true)) {
      assertThat(loader.next().index()).isZero();
      // Two are held ahead with one thread, so what is deleted from the fourth on must be missed.
      for (Sample sample : samples.subList(3, 20)) {
        Files.delete(sample.image());
      }
      loader.forEachRemaining(loaded -> assertThat(loaded.index()).isLessThan(3));
      assertThat(loader.broken()).hasSize(17);
    }
  }

  @Test
  void closingEndsTheBackgroundThreads() throws Exception {
    List<Sample> samples = samples(30, Set.of());
    ImageLoader loader = new ImageLoader(samples, PREPROCESSOR, Augmenter.NONE, 3, false);
    assertThat(loader.hasNext()).isTrue();
    List<Thread> decoders =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("image-decoder"))
            .toList();
    assertThat(decoders).isNotEmpty();
    loader.close();
    for (Thread decoder : decoders) {
      decoder.join(10_000);
      assertThat(decoder.isAlive()).isFalse();
    }
  }

  @Test
  void loadsCamVidAsItsCardSays() {
    Path camvid = Shared.file("camvid");
    NetworkCard card = NetworkCard.read(Shared.model("unet-camvid.yaml"));
    DataSet data = ImageFolder.open(camvid.resolve("images/val"), camvid.resolve("masks/val"));
    assertThat(data.samples()).hasSize(101);
    Preprocessor preprocessor = new Preprocessor(card, new Size(192, 256));
    for (LoadedImage image : load(data.sample(12, 1), preprocessor)) {
      assertThat(image.original()).isEqualTo(new Size(360, 480));
      assertThat(image.pixels()).hasSize(3 * 192 * 256);
      assertThat(labels(image)).hasSize(192 * 256);
      assertThat(IntStream.of(labels(image))).allMatch(label -> label >= -1 && label < 11);
      assertThat(IntStream.of(labels(image)).distinct().count()).isGreaterThan(4);
    }
  }

  private static int[] labels(LoadedImage image) {
    LabelMap labels = image.labels();
    assertThat(labels).isNotNull();
    return labels.values();
  }

  private static List<LoadedImage> load(List<Sample> samples, int threads, boolean keepGoing) {
    return load(new ImageLoader(samples, PREPROCESSOR, Augmenter.NONE, threads, keepGoing));
  }

  private static List<LoadedImage> load(List<Sample> samples, Preprocessor preprocessor) {
    return load(new ImageLoader(samples, preprocessor, false));
  }

  private static List<LoadedImage> load(ImageLoader opened) {
    List<LoadedImage> loaded = new ArrayList<>();
    try (ImageLoader loader = opened) {
      loader.forEachRemaining(loaded::add);
    }
    return loaded;
  }

  private List<Sample> samples(int count, Set<Integer> broken) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "image%02d".formatted(i);
      Path file = folder.resolve(name + ".png");
      samples.add(
          new Sample(
              name, broken.contains(i) ? TestImages.broken(file) : TestImages.image(file), null));
    }
    return samples;
  }
}
