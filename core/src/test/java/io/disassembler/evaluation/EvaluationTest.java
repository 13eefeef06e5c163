package io.disassembler.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.disassembler.base.InvalidInputException;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.ColorOrder;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.evaluation.EvaluationResult.CategoryScore;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.EvaluationResult.LabelSource;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.graph.Boundary;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Network;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The full network sees the categories red, green and blue as the strongest colour. One image is
 * half red, half green and labelled so, but for an ignored red pixel; the other is blue and
 * labelled so, but has two green pixels of eight.
 */
class EvaluationTest {
  private static final List<String> COLORS = List.of("red", "green", "blue");
  private static final CategoryMapping GREEN = CategoryMapping.of(COLORS, List.of(1));
  private static final NetworkCard CARD =
      new NetworkCard(
          COLORS,
          ColorOrder.RGB,
          255,
          List.of(0.0, 0.0, 0.0),
          List.of(1.0, 1.0, 1.0),
          null,
          List.of(List.of(0), List.of(1), List.of(2)),
          List.of(255));
  private static final EvaluationSettings SETTINGS =
      new EvaluationSettings(new Size(2, 4), 1, true, Thresholds.LOGIT, null);

  private final Path folder;
  private final EvaluationSubject full;
  private final EvaluationSubject green;
  private final EvaluationSubject alwaysGreen;
  private final List<Sample> labelled;
  private final List<Sample> unlabelled;

  EvaluationTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    full = subject("full.onnx", TinyModels.channelsAsScores());
    green = subject("green.onnx", TinyModels.subNetwork(TinyModels.channelsAsScores(), GREEN));
    alwaysGreen =
        subject(
            "always.onnx",
            TinyModels.subNetwork(
                TinyModels.perPixel(3, new float[9], new float[] {0, 1, 0}), GREEN));
    int r = 0xff0000;
    int g = 0x00ff00;
    int b = 0x0000ff;
    labelled =
        List.of(
            sample("a", new int[] {r, r, g, g, r, r, g, g}, 255, 0, 1, 1, 0, 0, 1, 1),
            sample("b", new int[] {b, b, b, g, b, b, b, g}, 2, 2, 2, 2, 2, 2, 2, 2));
    unlabelled =
        labelled.stream().map(sample -> new Sample(sample.name(), sample.image(), null)).toList();
  }

  @Test
  void evaluatesANetworkAlone() {
    EvaluationResult result = evaluate(List.of(), labelled);

    assertThat(result.labels()).isEqualTo(LabelSource.MASKS);
    assertThat(result.images()).isEqualTo(2);
    assertThat(result.networks()).isEmpty();
    assertThat(result.reference().categories())
        .containsExactly(
            new CategoryScore("red", new CategoryCounts(3, 0, 0, 8, 0)),
            new CategoryScore("green", new CategoryCounts(4, 2, 0, 8, 2)),
            new CategoryScore("blue", new CategoryCounts(6, 0, 2, 7, 0)));
    assertThat(result.reference().meanIou()).isCloseTo((1 + 4.0 / 6 + 6.0 / 8) / 3, within(1e-12));
  }

  @Test
  void judgesBothUnderTheOtherPolicyOfTheSubNetwork() {
    EvaluationResult result = evaluate(List.of(green, alwaysGreen), labelled);

    CategoryCounts ofFull = new CategoryCounts(4, 2, 0, 8, 2);
    CategoryCounts otherOfFull = new CategoryCounts(9, 0, 2, 0, 0);
    NetworkResult exact = result.networks().get(0);
    assertThat(exact.categories()).containsExactly(new ComparedCategory("green", ofFull, ofFull));
    assertThat(exact.other()).isEqualTo(new ComparedCategory("other", otherOfFull, otherOfFull));
    assertThat(exact.meanRetention()).isEqualTo(1);
    NetworkResult always = result.networks().get(1);
    assertThat(always.categories())
        .containsExactly(new ComparedCategory("green", ofFull, new CategoryCounts(4, 11, 0, 8, 8)));
    assertThat(always.meanRetention()).isCloseTo((4.0 / 15) / (4.0 / 6), within(1e-12));
  }

  @Test
  void takesTheReferencesPredictionForTheLabelWhereThereAreNoMasks() {
    EvaluationResult result = evaluate(List.of(alwaysGreen), unlabelled);

    assertThat(result.labels()).isEqualTo(LabelSource.REFERENCE_PREDICTION);
    ComparedCategory category = result.networks().get(0).categories().get(0);
    assertThat(category.reference().iou()).isEqualTo(1);
    assertThat(category.counts()).isEqualTo(new CategoryCounts(6, 10, 0, 0, 0));
    assertThat(category.retention()).isEqualTo(0.375);
    assertThat(result.toTable()).contains("labels: reference prediction");
    assertThat(json(result).at("/labels").textValue()).isEqualTo("reference prediction");
  }

  @Test
  void whatIsCountedInPartsIsTheWhole() {
    for (List<Sample> samples : List.of(labelled, unlabelled)) {
      List<EvaluationSubject> networks = List.of(green, alwaysGreen);
      List<EvaluationCounts> parts =
          samples.stream()
              .map(one -> count(networks, List.of(one)).toJson())
              .map(EvaluationCounts::ofJson)
              .toList();
      EvaluationCounts sum = EvaluationCounts.sum(List.of(parts.get(1), parts.get(0)));

      assertThat(sum).isEqualTo(EvaluationCounts.sum(parts)).isEqualTo(count(networks, samples));
      assertThat(Evaluation.result(full, CARD, networks, sum, 0, samples.subList(0, 1), SETTINGS))
          .isEqualTo(evaluate(networks, samples));
    }
  }

  @Test
  void noImageIsCountedTwiceInParts() {
    List<EvaluationCounts> parts =
        List.of(count(List.of(), labelled), count(List.of(), labelled.subList(1, 2)));

    assertThatThrownBy(() -> EvaluationCounts.sum(parts))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("image 'b' would be counted twice");
  }

  private EvaluationCounts count(List<EvaluationSubject> networks, List<Sample> samples) {
    return Evaluation.count(full, CARD, networks, samples, SETTINGS, (done, total) -> {});
  }

  @Test
  void leavesRetentionUndefinedWhereTheReferenceNeverHits() {
    EvaluationResult result =
        Evaluation.run(
            subject("never.onnx", TinyModels.perPixel(3, new float[9], new float[] {1, 0, 0})),
            CARD,
            List.of(green),
            labelled,
            SETTINGS,
            (done, total) -> {});

    assertThat(result.networks().get(0).meanRetention()).isNaN();
    JsonNode network = json(result).at("/networks/0");
    assertThat(network.at("/meanRetention").isNull()).isTrue();
    assertThat(network.at("/categories/0/retention").isNull()).isTrue();
    assertThat(network.at("/categories/0/referenceIou").doubleValue()).isZero();
  }

  @Test
  void comparesANetworkWithoutMappingInAllCategories() {
    NetworkResult same = evaluate(List.of(full), labelled).networks().get(0);

    assertThat(same.categories()).extracting(ComparedCategory::name).isEqualTo(COLORS);
    assertThat(same.other()).isNull();
    assertThat(same.meanRetention()).isEqualTo(1);
  }

  @Test
  void evaluatesASubNetworkAgainstAnotherWithTheSameCategories() {
    EvaluationResult result =
        Evaluation.run(
            green,
            CARD.restrictedTo(List.of(1)),
            List.of(alwaysGreen),
            labelled,
            SETTINGS,
            (done, total) -> {});

    assertThat(result.reference().categories())
        .extracting(CategoryScore::name)
        .containsExactly("green");
    assertThat(result.networks().get(0).meanRetention()).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void comparesNetworksThatKnowOneCategory() {
    NetworkCard card =
        new NetworkCard(
            List.of("green"),
            ColorOrder.RGB,
            255,
            CARD.mean(),
            CARD.std(),
            null,
            List.of(List.of(1)),
            List.of());
    EvaluationSubject one =
        subject("one.onnx", TinyModels.perPixel(1, new float[] {0, 1, 0}, new float[] {-0.5f}));
    EvaluationSubject always =
        subject("all.onnx", TinyModels.perPixel(1, new float[3], new float[] {1}));

    NetworkResult result =
        Evaluation.run(one, card, List.of(always), unlabelled, SETTINGS, (done, total) -> {})
            .networks()
            .get(0);

    assertThat(result.categories().get(0).counts()).isEqualTo(new CategoryCounts(6, 10, 0, 0, 0));
  }

  @Test
  void refusesASubNetworkOfAnotherNetwork() {
    CategoryMapping street = CategoryMapping.of(List.of("sky", "car", "road"), List.of(1));
    EvaluationSubject car =
        subject("car.onnx", TinyModels.subNetwork(TinyModels.channelsAsScores(), street));

    assertThatThrownBy(() -> evaluate(List.of(car), labelled))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(car.file().toString())
        .hasMessageContaining("[sky, car, road]")
        .hasMessageContaining(full.file() + " are [red, green, blue]");
  }

  @Test
  void countsBrokenImagesAndReportsProgress() throws IOException {
    List<Sample> samples = new ArrayList<>(labelled);
    Path broken = Files.writeString(folder.resolve("c.png"), "no image");
    samples.add(1, new Sample("c", broken, labelled.get(0).mask()));
    List<String> progress = new ArrayList<>();

    EvaluationResult result =
        Evaluation.run(
            full,
            CARD,
            List.of(),
            samples,
            SETTINGS,
            (done, total) -> progress.add(done + " of " + total));

    assertThat(result.images()).isEqualTo(2);
    assertThat(result.broken()).isEqualTo(1);
    assertThat(progress).containsExactly("1 of 3", "3 of 3");
    assertThat(result.toTable()).contains("broken and skipped: 1");
  }

  @Test
  void writesJsonWithTheAgreedKeys() throws IOException {
    EvaluationResult result =
        Evaluation.run(
            full,
            CARD,
            List.of(alwaysGreen),
            labelled,
            new EvaluationSettings(
                new Size(2, 4),
                1,
                true,
                Thresholds.LOGIT,
                new LatencySettings(1, 3, Duration.ZERO)),
            (done, total) -> {});
    JsonNode json = json(result);

    JsonNode reference = json.get("reference");
    assertThat(reference.get("file").textValue()).isEqualTo(full.file().toString());
    assertThat(reference.get("parameters").longValue()).isEqualTo(12);
    assertThat(reference.get("macs").longValue()).isEqualTo(72);
    assertThat(reference.get("bytes").longValue()).isEqualTo(Files.size(full.file()));
    assertThat(reference.get("latencyMs").doubleValue()).isPositive();
    JsonNode network = json.get("networks").get(0);
    assertThat(network.get("file").textValue()).isEqualTo(alwaysGreen.file().toString());
    assertThat(network.get("parameters").longValue()).isEqualTo(12);
    assertThat(network.get("macs").longValue()).isEqualTo(72);
    assertThat(network.get("bytes").longValue()).isEqualTo(Files.size(alwaysGreen.file()));
    assertThat(network.get("latencyMs").doubleValue()).isPositive();
    assertThat(network.get("meanRetention").doubleValue()).isCloseTo(0.4, within(1e-12));
    JsonNode category = network.get("categories").get(0);
    assertThat(network.get("categories")).hasSize(1);
    assertThat(category.get("name").textValue()).isEqualTo("green");
    assertThat(category.get("referenceIou").doubleValue()).isCloseTo(4.0 / 6, within(1e-12));
    assertThat(category.get("iou").doubleValue()).isCloseTo(4.0 / 15, within(1e-12));
    assertThat(category.get("retention").doubleValue()).isCloseTo(0.4, within(1e-12));
    assertThat(category.get("falsePositiveRate").doubleValue()).isEqualTo(1);
    assertThat(category.get("referenceFalsePositiveRate").doubleValue()).isEqualTo(0.25);
    assertThat(category.get("precision").doubleValue()).isCloseTo(4.0 / 15, within(1e-12));
    assertThat(category.get("referencePrecision").doubleValue()).isCloseTo(4.0 / 6, within(1e-12));
    assertThat(category.get("recall").doubleValue()).isEqualTo(1);
    assertThat(category.get("referenceRecall").doubleValue()).isEqualTo(1);
  }

  @Test
  void showsTheNumbersInATable() {
    String table = evaluate(List.of(alwaysGreen), labelled).toTable();

    assertThat(table)
        .contains("images: 2 at 2 x 4 (height x width), labels: masks, threads: 1\n")
        .contains(full.file() + ": mIoU 0.806")
        .contains(alwaysGreen.file() + ": mean retention 0.400 (without other)")
        .containsPattern(
            "green +0\\.667 +0\\.267 +0\\.400 +0\\.267 +1\\.000 +100\\.00 % +0\\.667 +1\\.000 +25\\.00 %");
  }

  @Test
  void needsAnImage() {
    assertThatThrownBy(() -> evaluate(List.of(), List.of()))
        .isInstanceOf(InvalidInputException.class);
  }

  private EvaluationResult evaluate(List<EvaluationSubject> networks, List<Sample> samples) {
    return Evaluation.run(full, CARD, networks, samples, SETTINGS, (done, total) -> {});
  }

  private EvaluationSubject subject(String name, Network.Builder network) {
    return new EvaluationSubject(
        TinyModels.write(network, folder.resolve(name)), new Cost(12, 72), Boundary.PLAIN);
  }

  private Sample sample(String name, int[] rgb, int... mask) throws IOException {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 4, 2, rgb, 0, 4);
    BufferedImage labels = new BufferedImage(4, 2, BufferedImage.TYPE_BYTE_GRAY);
    labels.getRaster().setSamples(0, 0, 4, 2, 0, mask);
    Path imageFile = folder.resolve(name + ".png");
    Path maskFile = folder.resolve(name + "-mask.png");
    ImageIO.write(image, "png", imageFile.toFile());
    ImageIO.write(labels, "png", maskFile.toFile());
    return new Sample(name, imageFile, maskFile);
  }

  private static JsonNode json(EvaluationResult result) {
    try {
      return new ObjectMapper().readTree(result.toJson());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
