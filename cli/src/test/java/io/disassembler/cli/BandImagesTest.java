package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that take images of more channels than colours. */
class BandImagesTest {
  private static final int SIDE = 16;
  private static final int IMAGES = 8;
  private static final int KERNELS = 24;

  @TempDir private Path folder = Path.of("");

  /** Category 0 where the first band is the brighter one, category 1 where the last is. */
  private Path network(int channels) throws IOException {
    Random random = new Random(1);
    Network.Builder network = new Network.Builder("bands").opset("", 17);
    network.input(new Value("image", ElementType.FLOAT, maps(channels)));
    float[] first = new float[KERNELS * channels * 9];
    float[] second = new float[KERNELS * KERNELS * 9];
    for (int k = 0; k < KERNELS; k++) {
      int copied = k % 2 == 0 ? 0 : channels - 1;
      first[(k * channels + copied) * 9 + 4] = 1;
      second[(k * KERNELS + k) * 9 + 4] = 1;
    }
    layer(network, "image", "first", channels, 3, noisy(first, random));
    layer(network, "first.relu", "second", KERNELS, 3, noisy(second, random));
    float[] last = new float[2 * KERNELS];
    for (int k = 0; k < KERNELS; k++) {
      last[k % 2 * KERNELS + k] = 1;
    }
    layer(network, "second.relu", "logits", KERNELS, 1, last);
    OnnxWriter.write(
        network.output(new Value("logits", ElementType.FLOAT, maps(2))).build(),
        folder.resolve("model.onnx"));
    return folder.resolve("model.onnx");
  }

  private static List<Dimension> maps(int channels) {
    return List.of(
        new Dimension.Symbolic("n"),
        new Dimension.Fixed(channels),
        new Dimension.Symbolic("h"),
        new Dimension.Symbolic("w"));
  }

  private static float[] noisy(float[] weights, Random random) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (0.001 * random.nextGaussian());
    }
    return weights;
  }

  private static void layer(
      Network.Builder network, String from, String to, int channels, int extent, float[] weights) {
    int kernels = weights.length / channels / extent / extent;
    long pad = extent / 2;
    network
        .weight(Weight.ofFloats(to + ".w", Shape.of(kernels, channels, extent, extent), weights))
        .weight(Weight.ofFloats(to + ".b", Shape.of(kernels), new float[kernels]))
        .node(
            Node.of(
                to + ".conv",
                "Conv",
                List.of(from, to + ".w", to + ".b"),
                List.of(to),
                Map.of("pads", Attribute.Ints.of(pad, pad, pad, pad))))
        .node(Node.of(to + ".act", "Relu", List.of(to), List.of(to + ".relu"), Map.of()));
  }

  /** Numbers from 0 to 1 in blocks of 4 x 4 pixels, and a mask of where the last band is more. */
  private void draw(int channels, String form) throws IOException {
    Files.createDirectory(folder.resolve("images"));
    Files.createDirectory(folder.resolve("masks"));
    for (int number = 0; number < IMAGES; number++) {
      Random random = new Random(number);
      float[] planes = new float[channels * SIDE * SIDE];
      BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      for (int block = 0; block < 16; block++) {
        boolean last = random.nextBoolean();
        mask.getRaster()
            .setSamples(
                block % 4 * 4,
                block / 4 * 4,
                4,
                4,
                0,
                IntStream.generate(() -> last ? 1 : 0).limit(16).toArray());
        for (int c = 0; c < channels; c++) {
          float level = random.nextFloat() * 0.2f + (c == (last ? channels - 1 : 0) ? 0.7f : 0.1f);
          for (int pixel = 0; pixel < 16; pixel++) {
            int row = block / 4 * 4 + pixel / 4;
            planes[(c * SIDE + row) * SIDE + block % 4 * 4 + pixel % 4] = level;
          }
        }
      }
      write(folder.resolve("images"), "scene" + number, channels, planes, form);
      assertThat(
              ImageIO.write(mask, "png", folder.resolve("masks/scene" + number + ".png").toFile()))
          .isTrue();
    }
  }

  private static void write(Path images, String name, int channels, float[] planes, String form)
      throws IOException {
    switch (form) {
      case "floats" -> {
        ByteBuffer data = ByteBuffer.allocate(4 * planes.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(planes);
        npy(images.resolve(name + ".npy"), "<f4", List.of(channels, SIDE, SIDE), data.array());
      }
      case "shorts last" -> {
        ByteBuffer data = ByteBuffer.allocate(2 * planes.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
          for (int c = 0; c < channels; c++) {
            data.putChar((char) (planes[c * SIDE * SIDE + pixel] * 10_000));
          }
        }
        npy(images.resolve(name + ".npy"), "<u2", List.of(SIDE, SIDE, channels), data.array());
      }
      case "pages" -> pages(images.resolve(name + ".tif"), channels, planes);
      default -> rgba(images.resolve(name + ".png"), planes);
    }
  }

  private static void npy(Path file, String type, List<Integer> shape, byte[] data)
      throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d, %d), }"
            .formatted(type, shape.get(0), shape.get(1), shape.get(2));
    byte[] text =
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0};
    Files.write(
        file,
        ByteBuffer.allocate(10 + text.length + data.length).put(start).put(text).put(data).array());
  }

  /** A page of grey bytes for each channel. */
  private static void pages(Path file, int channels, float[] planes) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int c = 0; c < channels; c++) {
        BufferedImage page = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
          page.getRaster()
              .setSample(
                  pixel % SIDE, pixel / SIDE, 0, (int) (255 * planes[c * SIDE * SIDE + pixel]));
        }
        writer.writeToSequence(new IIOImage(page, null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
  }

  private static void rgba(Path file, float[] planes) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_4BYTE_ABGR);
    for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
      for (int c = 0; c < 4; c++) {
        image
            .getRaster()
            .setSample(
                pixel % SIDE, pixel / SIDE, c, (int) (255 * planes[c * SIDE * SIDE + pixel]));
      }
    }
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"12, floats, ''", "4, rgba, ''", "6, pages, ''", "6, shorts last, 10000"})
  void fromExtractionToTheReport(int channels, String form, String scale) throws IOException {
    Path model = network(channels);
    draw(channels, form);
    Files.writeString(
        folder.resolve("model.yaml"),
        """
        categories: [first, last]
        input:
          color: BANDS
          mean: %s
          std: %s
          picture: [3, 1, 0]
        """
                .formatted(Collections.nCopies(channels, 0.1), Collections.nCopies(channels, 0.5))
            + (scale.isEmpty() ? "" : "  scale: " + scale + "\n"));
    Path small = folder.resolve("small.onnx");
    Path json = folder.resolve("evaluation.json");
    Object[] common = {
      "--images",
      folder.resolve("images"),
      "--masks",
      folder.resolve("masks"),
      "--size",
      "16x16",
      "--threads",
      1
    };
    Invocation.succeed(
        Invocation.join(
            new Object[] {"extract", model},
            Invocation.join(
                common,
                "--categories",
                "last",
                "--keep-macs",
                0.5,
                "--calibrate",
                8,
                "--output",
                small)));
    assertThat(OnnxReader.read(small).inputs()).isEqualTo(OnnxReader.read(model).inputs());
    Invocation.succeed(
        Invocation.join(
            new Object[] {"evaluate", model, small},
            Invocation.join(common, "--json", json, "--report", folder.resolve("page.html"))));
    JsonNode result = JsonFile.read(json);
    assertThat(result.at("/reference/categories/1/iou").doubleValue()).isGreaterThan(0.95);
    assertThat(result.at("/networks/0/categories/0/retention").doubleValue()).isGreaterThan(0.95);
  }

  @Test
  void withoutACardTheyAreCheckedAndProfiled() throws IOException {
    Path model = network(4);
    draw(4, "floats");
    Invocation.succeed("check", model, "--cuts", 2, "--size", "16x16");
    Invocation.succeed(
        "profile",
        model,
        "--images",
        folder.resolve("images"),
        "--size",
        "16x16",
        "--output",
        folder.resolve("model.h5"));
  }

  @Test
  void otherNumbersOfBandsAreNamed() throws IOException {
    Path model = network(5);
    draw(4, "floats");
    Invocation refused =
        Invocation.of(
            "profile",
            model,
            "--images",
            folder.resolve("images"),
            "--size",
            "16x16",
            "--output",
            folder.resolve("model.h5"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("expected 5 x height x width numbers, found the shape [4, 16, 16]");
  }

  @Test
  void anOrderOfAxesThatCannotBeKnownIsAskedFor() throws IOException {
    Path model = network(SIDE);
    draw(SIDE, "floats");
    Object[] profile = {
      "profile",
      model,
      "--images",
      folder.resolve("images"),
      "--size",
      "16x16",
      "--output",
      folder.resolve("model.h5")
    };
    Invocation refused = Invocation.of(profile);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("say input.axes: CHW or HWC in the network card");
    Files.writeString(
        folder.resolve("model.yaml"), "categories: [first, last]\ninput: {axes: CHW}\n");
    Invocation.succeed(profile);
  }
}
