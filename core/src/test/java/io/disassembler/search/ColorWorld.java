package io.disassembler.search;

import io.disassembler.attribution.ProfilingRun;
import io.disassembler.attribution.ProfilingSettings;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/** Images of red, green and blue pixels, and a network that says which is which. */
final class ColorWorld {
  static final int COLORS = 3;
  private static final int SIDE = 8;

  private ColorWorld() {}

  /** The image is 8 x 8; every pixel has one of the {@code colors}, brighter or darker. */
  static Sample image(Path folder, String name, int seed, int... colors) throws IOException {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIDE * SIDE; i++) {
      int color = colors[i % colors.length];
      image.setRGB(i % SIDE, i / SIDE, (200 + random.nextInt(56)) << (16 - 8 * color));
    }
    Path file = folder.resolve(name + ".png");
    ImageIO.write(image, "png", file.toFile());
    return new Sample(name, file, null);
  }

  static Anatomy anatomy(int threads) {
    Network network = network();
    return Anatomy.of(network, NetworkInput.of(network, null).shapes(), threads);
  }

  static ProfilingRun run(Anatomy anatomy) {
    return new ProfilingRun(
        anatomy,
        NetworkInput.of(anatomy.network(), null),
        NetworkCard.unnamed(COLORS),
        "ab",
        ProfilingSettings.withSeed(0));
  }

  private static Network network() {
    float[] copies = new float[2 * COLORS * COLORS];
    float[] sums = new float[COLORS * 2 * COLORS];
    for (int kernel = 0; kernel < 2 * COLORS; kernel++) {
      copies[kernel * COLORS + kernel % COLORS] = 1;
      sums[kernel % COLORS * 2 * COLORS + kernel] = 5;
    }
    List<Dimension> pixels =
        List.of(
            new Dimension.Symbolic("n"),
            new Dimension.Fixed(COLORS),
            new Dimension.Fixed(SIDE),
            new Dimension.Fixed(SIDE));
    return new Network.Builder("colors.onnx")
        .opset("", 17)
        .input(new Value("image", ElementType.FLOAT, pixels))
        .weight(Weight.ofFloats("copies", Shape.of(2 * COLORS, COLORS, 1, 1), copies))
        .weight(Weight.ofFloats("sums", Shape.of(COLORS, 2 * COLORS, 1, 1), sums))
        .node(Node.of("copy", "Conv", List.of("image", "copies"), List.of("copied"), Map.of()))
        .node(Node.of("act", "Relu", List.of("copied"), List.of("active"), Map.of()))
        .node(Node.of("sum", "Conv", List.of("active", "sums"), List.of("logits"), Map.of()))
        .output(new Value("logits", ElementType.FLOAT, List.of()))
        .build();
  }
}
