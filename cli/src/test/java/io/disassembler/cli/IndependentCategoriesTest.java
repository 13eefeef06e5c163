package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks of which a pixel may have several categories, or none. */
class IndependentCategoriesTest {
  private static final List<String> NAMES = List.of("car", "tree", "road");
  private static final int SIDE = Scenes.SIDE;
  private static final int KERNELS = 24;
  private static final int IMAGES = 8;

  private Scenes scenes = new Scenes(Path.of(""));
  private Path images = Path.of("");

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = new Scenes(folder);
    images = Files.createDirectory(folder.resolve("images"));
    for (String name : NAMES) {
      Files.createDirectories(folder.resolve("folders").resolve(name));
    }
    Files.createDirectory(folder.resolve("bits"));
    Files.createDirectory(folder.resolve("planes"));
    for (int number = 0; number < IMAGES; number++) {
      draw(folder, number);
    }
  }

  /** Stripes of any combination of red, green and blue. */
  private void draw(Path folder, int number) throws IOException {
    Random random = new Random(number);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    BufferedImage bits = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    byte[] planes = new byte[NAMES.size() * SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int set = (x / 4 * 3 + number) % 8;
        int rgb = 0;
        for (int category = 0; category < NAMES.size(); category++) {
          if ((set >> category & 1) != 0) {
            rgb |= (200 + random.nextInt(56)) << (16 - 8 * category);
            planes[category * SIDE * SIDE + y * SIDE + x] = 1;
          }
        }
        image.setRGB(x, y, rgb);
        bits.getRaster().setSample(x, y, 0, set);
      }
    }
    String name = "scene" + number;
    write(image, images.resolve(name + ".png"));
    write(bits, folder.resolve("bits").resolve(name + ".png"));
    for (int category = 0; category < NAMES.size(); category++) {
      BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        int there = planes[category * SIDE * SIDE + pixel] * 255;
        mask.getRaster().setSample(pixel % SIDE, pixel / SIDE, 0, there);
      }
      write(mask, folder.resolve("folders").resolve(NAMES.get(category)).resolve(name + ".png"));
    }
    Files.write(folder.resolve("planes").resolve(name + ".npy"), npy(planes));
  }

  private static byte[] npy(byte[] planes) {
    String header =
        "{'descr': '|u1', 'fortran_order': False, 'shape': (%d, %d, %d), }"
            .formatted(NAMES.size(), SIDE, SIDE);
    byte[] text =
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    byte[] file = new byte[10 + text.length + planes.length];
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0};
    System.arraycopy(start, 0, file, 0, 10);
    System.arraycopy(text, 0, file, 10, text.length);
    System.arraycopy(planes, 0, file, 10 + text.length, planes.length);
    return file;
  }

  private static void write(BufferedImage image, Path file) throws IOException {
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
  }

  /** Each category's logit sums up its own colour's copies. */
  private static Network.Builder network(boolean sigmoid) {
    float[] weights = new float[NAMES.size() * KERNELS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % KERNELS % 3 == i / KERNELS ? 2 : 0;
    }
    Network.Builder network = Scenes.network(1);
    network.weight(Weight.ofFloats("logits.w", Shape.of(NAMES.size(), KERNELS, 1, 1), weights));
    network.weight(Weight.ofFloats("logits.b", Shape.of(NAMES.size()), new float[] {-5, -5, -5}));
    return sigmoid
        ? network
            .node(Node.of("end", "Sigmoid", List.of("logits"), List.of("p"), Map.of()))
            .outputs(List.of(new Value("p", ElementType.FLOAT, Scenes.maps())))
        : network;
  }

  private static String card(boolean sigmoid, String masks) {
    return "categories: [car, tree, road]\n"
        + (sigmoid ? "" : "decision: independent\nthresholds: [0.5, 0.6, 0.4]\n")
        + (masks.equals("bits") ? "masks: {bits: true}\n" : "");
  }

  @ParameterizedTest
  @CsvSource({"true, folders", "true, bits", "false, planes"})
  void areCutAndJudgedEachByItself(boolean sigmoid, String masks) throws IOException {
    Path model = scenes.write("model.onnx", network(sigmoid));
    Files.writeString(scenes.file("model.yaml"), card(sigmoid, masks));
    Path small = scenes.file("small.onnx");
    Path json = scenes.file("evaluation.json");
    Object[] labelled = {"--images", images, "--masks", scenes.file(masks), "--threads", 1};
    Invocation cut =
        Invocation.succeed(
            Invocation.join(
                new Object[] {"extract", model},
                Invocation.join(
                    labelled,
                    "--size",
                    "16x16",
                    "--categories",
                    "road,car",
                    "--keep-macs",
                    0.5,
                    "--calibrate",
                    8,
                    "--output",
                    small,
                    "--report",
                    scenes.file("report.html"))));
    assertThat(cut.err().contains("a Sigmoid of its own")).isEqualTo(sigmoid);

    Network written = OnnxReader.read(small);
    CategoryMapping mapping =
        CategoryMapping.fromMetadata(written.metadata(), "small.onnx").orElseThrow();
    assertThat(mapping.independent()).isTrue();
    assertThat(mapping.names()).containsExactly("road", "car");
    NetworkCard card =
        NetworkCard.fromYaml(
            written.metadata().getOrDefault(NetworkCard.METADATA_KEY, ""), "small.onnx");
    assertThat(card.independent()).isTrue();
    assertThat(card.thresholds()).isEqualTo(sigmoid ? List.of() : List.of(0.4, 0.5));

    Invocation.succeed(
        Invocation.join(
            new Object[] {"evaluate", model, small},
            Invocation.join(
                labelled, "--size", "16x16", "--json", json, "--report", scenes.file("ev.html"))));
    JsonNode result = JsonFile.read(json);
    for (int category = 0; category < 3; category++) {
      assertThat(result.at("/reference/categories/%d/iou".formatted(category)).doubleValue())
          .isGreaterThan(0.9);
    }
    for (int category = 0; category < 2; category++) {
      assertThat(result.at("/networks/0/categories/%d/retention".formatted(category)).doubleValue())
          .isGreaterThan(0.98);
    }
  }

  @Test
  void allOfThemStayTheSameNetwork() throws IOException {
    Path model = scenes.write("model.onnx", network(true));
    Files.writeString(scenes.file("model.yaml"), card(true, ""));
    Path small = scenes.file("small.onnx");
    Invocation.succeed(
        "extract",
        model,
        "--images",
        images,
        "--size",
        "16x16",
        "--categories",
        "car,tree,road",
        "--keep-macs",
        1,
        "--recovery",
        "none",
        "--output",
        small);
    assertThat(OnnxReader.read(small).weights()).isEqualTo(OnnxReader.read(model).weights());
    assertThat(OnnxReader.read(small).nodes()).isEqualTo(OnnxReader.read(model).nodes());
  }

  @Test
  void aCardMayContradictTheGraph() throws IOException {
    Path model = scenes.write("model.onnx", network(true));
    Files.writeString(scenes.file("model.yaml"), card(true, "") + "decision: exclusive\n");
    Path small = scenes.file("small.onnx");
    Invocation.succeed(
        "extract",
        model,
        "--images",
        images,
        "--size",
        "16x16",
        "--categories",
        "car",
        "--keep-macs",
        0.5,
        "--recovery",
        "ridge",
        "--output",
        small);
    assertThat(
            CategoryMapping.fromMetadata(OnnxReader.read(small).metadata(), "small.onnx")
                .orElseThrow()
                .names())
        .containsExactly("other", "car");
  }

  /** A sub-network, tuned, with a program that runs it, finetuned on masks and by its teacher. */
  @ParameterizedTest
  @CsvSource({"true, folders, 'road,car'", "false, bits, car"})
  void areTunedAndFinetuned(boolean sigmoid, String masks, String categories) throws IOException {
    Path model = scenes.write("model.onnx", network(sigmoid));
    Files.writeString(scenes.file("model.yaml"), card(sigmoid, masks));
    Path small = scenes.file("small.onnx");
    Path sample = scenes.file("run.py");
    Object[] seen = {"--images", images, "--threads", 1};
    Invocation.succeed(
        Invocation.join(
            new Object[] {"extract", model},
            Invocation.join(
                seen,
                "--size",
                "16x16",
                "--categories",
                categories,
                "--keep-macs",
                0.3,
                "--recovery",
                "tuned",
                "--steps",
                3,
                "--output",
                small,
                "--sample",
                sample)));
    boolean several = categories.contains(",");
    assertThat(Files.readString(sample))
        .contains(several ? "THRESHOLDS = [0.5,0.5]" : "THRESHOLD = 0.0")
        .contains(several ? "FILES = [\"road\",\"car\"]" : "[\"car\",\"not car\"]");

    Path taught = scenes.file("taught.onnx");
    Path learned = scenes.file("learned.onnx");
    Path again = scenes.file("again.onnx");
    Object[] finetune = Invocation.join(new Object[] {"finetune", small}, seen);
    Object[] labelled = Invocation.join(finetune, "--masks", scenes.file(masks));
    Invocation.succeed(Invocation.join(finetune, "--teacher", model, "--output", taught));
    Invocation.succeed(
        Invocation.join(labelled, "--category-weights", "sqrt_inverse", "--output", learned));
    Invocation.succeed(
        Invocation.join(
            labelled,
            "--category-weights",
            "sqrt_inverse",
            "--output",
            again,
            "--report",
            scenes.file("finetuned.html")));
    assertThat(again).hasSameBinaryContentAs(learned);

    Path json = scenes.file("evaluation.json");
    Invocation.succeed(
        Invocation.join(
            new Object[] {"evaluate", model, taught, learned},
            Invocation.join(
                seen, "--masks", scenes.file(masks), "--size", "16x16", "--json", json)));
    JsonNode result = JsonFile.read(json);
    for (int network = 0; network < 2; network++) {
      for (JsonNode category : result.at("/networks/%d/categories".formatted(network))) {
        assertThat(category.get("retention").doubleValue()).isGreaterThan(0.9);
      }
    }
  }
}
