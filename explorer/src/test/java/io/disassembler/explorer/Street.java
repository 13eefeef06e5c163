package io.disassembler.explorer;

import io.disassembler.attribution.ProfilingRun;
import io.disassembler.attribution.ProfilingSettings;
import io.disassembler.base.Checkpoint;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.ImageFolder;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.EvaluationSettings;
import io.disassembler.evaluation.EvaluationSubject;
import io.disassembler.evaluation.Thresholds;
import io.disassembler.explorer.work.Subject;
import io.disassembler.extraction.Extraction;
import io.disassembler.graph.Boundary;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Network;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.ModelDigest;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Costing;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** A street of flat colours, a network that tells them apart, and what a profile learned of it. */
final class Street {
  static final int HEIGHT = 48;
  static final int WIDTH = 64;
  static final List<String> CATEGORIES = List.of("sky", "road", "tree", "car", "person");
  static final List<Color> COLORS =
      List.of(
          new Color(125, 175, 235),
          new Color(115, 112, 118),
          new Color(45, 125, 60),
          new Color(205, 45, 40),
          new Color(240, 190, 60));

  private static final int IMAGES = 14;

  private Street() {}

  /** Writes network, images and masks to {@code folder} and profiles them. */
  static Subject in(Path folder) {
    return in(
        folder, StreetNetwork.build(), "", (image, file) -> ImageIO.write(image, "png", file));
  }

  /** The same with categories that each say yes or no. */
  static Subject independent(Path folder) {
    return in(
        folder,
        StreetNetwork.independent(),
        "decision: independent\n",
        (image, file) -> ImageIO.write(image, "png", file));
  }

  /** The same with images that are arrays of three bands. */
  static Subject ofBands(Path folder) {
    return in(
        folder,
        StreetNetwork.build(),
        "  color: BANDS\n  mean: [0, 0, 0]\n  std: [1, 1, 1]\n",
        (image, file) ->
            Files.write(Path.of(file.getPath().replace(".png", ".npy")), bands(image)));
  }

  /** Writes an image. */
  private interface Drawing {
    void write(BufferedImage image, File file) throws IOException;
  }

  private static Subject in(Path folder, Network network, String more, Drawing drawing) {
    try {
      Path images = Files.createDirectories(folder.resolve("images"));
      Path masks = Files.createDirectories(folder.resolve("masks"));
      for (int number = 0; number < IMAGES; number++) {
        draw(number, images, masks, drawing);
      }
      Path file = folder.resolve("street.onnx");
      OnnxWriter.write(network, file);
      NetworkCard card = NetworkCard.fromYaml(card() + more, "card");
      card.write(folder.resolve("street.yaml"));
      return subject(file, card, ImageFolder.open(images, masks).samples());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Subject subject(Path file, NetworkCard card, List<Sample> samples) {
    Network network = OnnxReader.read(file);
    NetworkInput input = NetworkInput.of(network, card.size());
    Anatomy anatomy = Anatomy.of(network, input.shapes());
    String sha256 = ModelDigest.sha256(file);
    Profile profile =
        new ProfilingRun(anatomy, input, card, sha256, ProfilingSettings.withSeed(0))
            .run(samples, Checkpoint.none(), (done, total) -> {});
    Cost cost = Costing.of(anatomy);
    return new Subject(
        new Extraction(anatomy, sha256, card, profile, profile.sha256()),
        input,
        new EvaluationSubject(file, new Cost(cost.parameters(), cost.macs()), Boundary.PLAIN),
        new EvaluationSettings(input.size(), 2, false, Thresholds.LOGIT, null),
        samples);
  }

  private static String card() {
    return """
    categories: [%s]
    input:
      scale: 255
      size: [%d, %d]
    """
        .formatted(String.join(", ", CATEGORIES), HEIGHT, WIDTH);
  }

  /** A street of twice the network's size, and which pixel is what. */
  private static void draw(int number, Path images, Path masks, Drawing drawing)
      throws IOException {
    Random random = new Random(number);
    int width = 2 * WIDTH;
    int height = 2 * HEIGHT;
    BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = mask.createGraphics();
    int horizon = height / 2 + random.nextInt(height / 8);
    fill(pen, 0, 0, 0, width, horizon);
    fill(pen, 1, 0, horizon, width, height);
    for (int tree = 0; tree < 4; tree++) {
      int size = 14 + random.nextInt(20);
      fill(pen, 2, random.nextInt(width), horizon - size, size, size);
    }
    for (int car = 0; car < 2; car++) {
      int size = 16 + random.nextInt(20);
      fill(pen, 3, random.nextInt(width - 10), horizon + random.nextInt(18), size, size / 2);
    }
    if (number % 2 == 0) {
      fill(pen, 4, 10 + random.nextInt(width - 20), horizon - 4, 7, 20);
    }
    pen.dispose();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        Color color = COLORS.get(mask.getRaster().getSample(x, y, 0));
        int noise = random.nextInt(25) - 12;
        image.setRGB(
            x,
            y,
            new Color(
                    clamp(color.getRed() + noise),
                    clamp(color.getGreen() + noise),
                    clamp(color.getBlue() + noise))
                .getRGB());
      }
    }
    String name = "street%02d.png".formatted(number);
    drawing.write(image, images.resolve(name).toFile());
    ImageIO.write(mask, "png", masks.resolve(name).toFile());
  }

  private static void fill(Graphics2D pen, int category, int x, int y, int width, int height) {
    // The JDK converts grey colours by gamma, raster values by nothing: so set samples.
    BufferedImage block =
        new BufferedImage(Math.max(1, width), Math.max(1, height), BufferedImage.TYPE_BYTE_GRAY);
    int[] values = new int[block.getWidth() * block.getHeight()];
    java.util.Arrays.fill(values, category);
    block.getRaster().setSamples(0, 0, block.getWidth(), block.getHeight(), 0, values);
    pen.drawImage(block, x, y, null);
  }

  /** An image as NumPy's array of bytes, bands x height x width. */
  static byte[] bands(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    String header =
        "{'descr': '|u1', 'fortran_order': False, 'shape': (3, %d, %d), }".formatted(height, width);
    int length = 128 - 10;
    ByteBuffer bytes = ByteBuffer.allocate(128 + 3 * height * width).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    bytes.put((byte) 0).putShort((short) length);
    bytes.put(
        (header + " ".repeat(length - 1 - header.length()) + "\n")
            .getBytes(StandardCharsets.US_ASCII));
    for (int band = 0; band < 3; band++) {
      for (int pixel = 0; pixel < height * width; pixel++) {
        bytes.put((byte) image.getRaster().getSample(pixel % width, pixel / width, band));
      }
    }
    return bytes.array();
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
