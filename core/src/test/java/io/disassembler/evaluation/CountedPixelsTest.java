package io.disassembler.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.data.CategoryMapping;
import io.disassembler.data.ImageDecoder;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.evaluation.EvaluationResult.CategoryScore;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.graph.Boundary;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images of 9 x 14 and 6 x 5, 156 pixels, for networks that take 4 x 6, 48 pixels of two images:
 * scores are brought to the images' pixels and compared with masks that nobody resized, or masks
 * are resized.
 */
class CountedPixelsTest {
  private static final NetworkCard CARD = NetworkCard.unnamed(4);
  private static final Size INPUT = new Size(4, 6);
  private static final EvaluationSettings SETTINGS =
      new EvaluationSettings(INPUT, 1, false, Thresholds.LOGIT, null);
  private static final CategoryMapping SUB = CategoryMapping.of(CARD.categories(), List.of(1, 3));

  private final List<Sample> samples = new ArrayList<>();
  private final List<int[]> masks = new ArrayList<>();
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void draw() throws IOException {
    Random random = new Random(4);
    for (Size size : List.of(new Size(9, 14), new Size(6, 5))) {
      int[] mask = random.ints(size.area(), 0, 4).toArray();
      BufferedImage image =
          new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
      image.setRGB(
          0, 0, size.width(), size.height(), random.ints(size.area()).toArray(), 0, size.width());
      BufferedImage labels =
          new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_BYTE_GRAY);
      labels.getRaster().setSamples(0, 0, size.width(), size.height(), 0, mask);
      String name = "image" + masks.size();
      Path file = folder.resolve(name + ".png");
      Path maskFile = folder.resolve(name + "-mask.png");
      ImageIO.write(image, "png", file.toFile());
      ImageIO.write(labels, "png", maskFile.toFile());
      samples.add(new Sample(name, file, maskFile));
      masks.add(mask);
    }
  }

  @Test
  void areThoseOfTheImagesWithScoresResizedToThem() throws IOException {
    EvaluationSubject network = subject("full.onnx", TinyModels.randomScores(4, 3));
    IouCounter expected = new IouCounter(4);
    for (int i = 0; i < samples.size(); i++) {
      expected.add(masks.get(i), predicted(network, samples.get(i)));
    }

    EvaluationResult result = run(network, List.of(), samples);

    assertThat(result.reference().categories())
        .isEqualTo(
            IntStream.range(0, 4)
                .mapToObj(c -> new CategoryScore(CARD.categories().get(c), expected.counts(c)))
                .toList());
    assertThat(counted(result)).isEqualTo(156);
  }

  @Test
  void areTheSameForSubNetworksPartsAndImagesInMemory() {
    EvaluationSubject network = subject("full.onnx", TinyModels.randomScores(4, 3));
    EvaluationSubject sub =
        subject("sub.onnx", TinyModels.subNetwork(TinyModels.randomScores(4, 5), SUB));
    NetworkResult expected = run(network, List.of(sub), samples).networks().get(0);

    assertThat(expected.categories())
        .extracting(category -> labelled(category.counts()))
        .containsExactly(drawn(1), drawn(3));
    List<EvaluationCounts> parts =
        samples.stream()
            .map(
                one ->
                    Evaluation.count(
                        network, CARD, List.of(sub), List.of(one), SETTINGS, (done, total) -> {}))
            .toList();
    assertThat(
            Evaluation.result(
                    network,
                    CARD,
                    List.of(sub),
                    EvaluationCounts.sum(parts),
                    0,
                    samples.subList(0, 1),
                    SETTINGS)
                .networks()
                .get(0))
        .isEqualTo(expected);
    List<NetworkPrediction> shown = new ArrayList<>();
    try (ReferenceImages images =
        ReferenceImages.load(network, CARD, samples, SETTINGS, (done, total) -> {})) {
      assertThat(images.judge(sub, (n, one) -> shown.add(one), (done, total) -> {}))
          .isEqualTo(expected);
      assertThat(images.predictions()).extracting(all -> all.length).containsExactly(126, 30);
    }
    assertThat(shown).extracting(NetworkPrediction::size).containsOnly(INPUT);
    assertThat(shown).extracting(one -> one.network().length).containsOnly(INPUT.area());
  }

  @Test
  void areThoseOfTheInputWhereThereAreNoMasks() {
    EvaluationSubject network = subject("full.onnx", TinyModels.randomScores(4, 3));
    List<Sample> bare =
        samples.stream().map(sample -> new Sample(sample.name(), sample.image(), null)).toList();

    EvaluationResult result = run(network, List.of(), bare);

    assertThat(counted(result)).isEqualTo(48);
    assertThat(result.reference().meanIou()).isCloseTo(1, within(1e-12));
  }

  private EvaluationResult run(
      EvaluationSubject network, List<EvaluationSubject> others, List<Sample> images) {
    return Evaluation.run(network, CARD, others, images, SETTINGS, (done, total) -> {});
  }

  private static long counted(EvaluationResult result) {
    return result.reference().categories().stream()
        .mapToLong(category -> labelled(category.counts()))
        .sum();
  }

  private static long labelled(CategoryCounts counts) {
    return counts.truePositives() + counts.falseNegatives();
  }

  private long drawn(int category) {
    return masks.stream().flatMapToInt(IntStream::of).filter(label -> label == category).count();
  }

  /** The arg max, pixel by pixel, of scores between the four nearest of the network's. */
  private static int[] predicted(EvaluationSubject network, Sample sample) throws IOException {
    float[] input = new Preprocessor(CARD, INPUT).prepare(sample.image(), 1000).pixels();
    Size size = ImageDecoder.decode(sample.image()).size();
    float[] scores;
    try (OnnxRuntimeModel model = OnnxRuntimeModel.open(network.file(), 1)) {
      scores =
          ((NetworkOutput.Scores) model.run(input, Shape.of(1, 3, INPUT.height(), INPUT.width())))
              .values();
    }
    int[] labels = new int[size.area()];
    for (int pixel = 0; pixel < labels.length; pixel++) {
      double y = at(pixel / size.width(), INPUT.height(), size.height());
      double x = at(pixel % size.width(), INPUT.width(), size.width());
      double best = Double.NEGATIVE_INFINITY;
      for (int category = 0; category < 4; category++) {
        double score = 0;
        for (int row = 0; row < INPUT.height(); row++) {
          for (int column = 0; column < INPUT.width(); column++) {
            score +=
                Math.max(0, 1 - Math.abs(y - row))
                    * Math.max(0, 1 - Math.abs(x - column))
                    * scores[category * INPUT.area() + row * INPUT.width() + column];
          }
        }
        if (score > best) {
          best = score;
          labels[pixel] = category;
        }
      }
    }
    return labels;
  }

  private static double at(int output, int inputs, int outputs) {
    return Math.min(inputs - 1, Math.max(0, (output + 0.5) * inputs / outputs - 0.5));
  }

  private EvaluationSubject subject(String name, Network.Builder network) {
    return new EvaluationSubject(
        TinyModels.write(network, folder.resolve(name)), new Cost(0, 0), Boundary.PLAIN);
  }
}
