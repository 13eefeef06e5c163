package io.disassembler.cli;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** A small 3-D U-Net that tells dark, middle and bright blocks apart, and volumes of those. */
final class Volumes {
  static final int DEPTH = 10;
  static final int HEIGHT = 12;
  static final int WIDTH = 9;
  static final int COUNT = 5;
  private static final int KERNELS = 12;

  /** What a unit of a stored number is worth, as float32, as NIfTI has it. */
  private static final float SLOPE = 0.001f;

  private Volumes() {}

  /** The network and its card. */
  static Path network(Path folder) throws IOException {
    Random random = new Random(1);
    Network.Builder network = new Network.Builder("volumes").opset("", 17);
    network.input(new Value("volume", ElementType.FLOAT, maps(1)));
    float[] first = new float[KERNELS * 27];
    float[] second = new float[KERNELS * KERNELS * 27];
    for (int k = 0; k < KERNELS; k++) {
      first[k * 27 + 13] = k % 2 == 0 ? 1 : -1;
      second[(k * KERNELS + k) * 27 + 13] = 1;
    }
    layer(
        network, "Conv", "volume", "first", Shape.of(KERNELS, 1, 3, 3, 3), 1, noisy(first, random));
    layer(
        network,
        "Conv",
        "first.relu",
        "second",
        Shape.of(KERNELS, KERNELS, 3, 3, 3),
        1,
        noisy(second, random));
    Shape narrow = Shape.of(6, KERNELS, 3, 3, 3);
    layer(network, "Conv", "second.relu", "down", narrow, 2, noisy(new float[6 * 12 * 27], random));
    Shape up = Shape.of(6, 6, 2, 2, 2);
    layer(network, "ConvTranspose", "down.relu", "up", up, 2, noisy(new float[6 * 6 * 8], random));
    network.node(
        Node.of(
            "join",
            "Concat",
            List.of("second.relu", "up.relu"),
            List.of("joined"),
            Map.of("axis", new Attribute.Int(1))));
    float[] last = new float[3 * (KERNELS + 6)];
    for (int k = 0; k < KERNELS; k++) {
      last[(k % 2 == 0 ? 2 : 0) * (KERNELS + 6) + k] = 4;
    }
    network
        .weight(Weight.ofFloats("classify.w", Shape.of(3, KERNELS + 6, 1, 1, 1), last))
        .weight(Weight.ofFloats("classify.b", Shape.of(3), new float[] {0, 10, 0}))
        .node(
            Node.of(
                "classify",
                "Conv",
                List.of("joined", "classify.w", "classify.b"),
                List.of("logits"),
                Map.of()))
        .output(new Value("logits", ElementType.FLOAT, maps(3)));
    Path model = folder.resolve("model.onnx");
    OnnxWriter.write(network.build(), model);
    Files.writeString(
        folder.resolve("model.yaml"),
        "categories: [dark, middle, bright]\ninput: {color: BANDS, scale: 1, mean: [0], std: [1], size: [8, 8, 8]}\n");
    return model;
  }

  private static List<Dimension> maps(int channels) {
    return List.of(
        new Dimension.Symbolic("n"),
        new Dimension.Fixed(channels),
        new Dimension.Symbolic("d"),
        new Dimension.Symbolic("h"),
        new Dimension.Symbolic("w"));
  }

  private static float[] noisy(float[] weights, Random random) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (0.02 * random.nextGaussian());
    }
    return weights;
  }

  private static void layer(
      Network.Builder network,
      String operator,
      String from,
      String to,
      Shape shape,
      long stride,
      float[] weights) {
    boolean transposed = operator.equals("ConvTranspose");
    long pad = transposed ? 0 : 1;
    int kernels = Math.toIntExact(shape.dimension(transposed ? 1 : 0));
    network
        .weight(Weight.ofFloats(to + ".w", shape, weights))
        .weight(Weight.ofFloats(to + ".b", Shape.of(kernels), new float[kernels]))
        .node(
            Node.of(
                to + ".conv",
                operator,
                List.of(from, to + ".w", to + ".b"),
                List.of(to),
                Map.of(
                    "pads",
                    Attribute.Ints.of(pad, pad, pad, pad, pad, pad),
                    "strides",
                    Attribute.Ints.of(stride, stride, stride))))
        .node(Node.of(to + ".act", "Relu", List.of(to), List.of(to + ".relu"), Map.of()));
  }

  /** Volumes and masks in {@code folder}, as {@code npy}, {@code nii} or {@code nii.gz}. */
  static void draw(Path folder, String form) throws IOException {
    Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("masks"));
    for (int number = 0; number < COUNT; number++) {
      Random random = new Random(number);
      int[] kinds = random.ints(5 * 6 * 5, 0, 3).toArray();
      short[] stored = new short[DEPTH * HEIGHT * WIDTH];
      short[] mask = new short[stored.length];
      for (int i = 0; i < stored.length; i++) {
        int block = i / WIDTH / HEIGHT / 2 * 30 + i / WIDTH % HEIGHT / 2 * 5 + i % WIDTH / 2;
        mask[i] = (short) kinds[block];
        stored[i] = (short) ((kinds[block] - 1) * 1000 + random.nextInt(-200, 201));
      }
      write(folder.resolve("images/case" + number + "." + form), stored, form, true);
      write(folder.resolve("masks/case" + number + "." + form), mask, form, false);
    }
  }

  private static void write(Path file, short[] numbers, String form, boolean scaled)
      throws IOException {
    if (form.equals("npy")) {
      ByteBuffer data = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
      for (short number : numbers) {
        data.putFloat((float) (number * (scaled ? (double) SLOPE : 1)));
      }
      npy(file, data.array(), DEPTH);
      return;
    }
    // One of both is big-endian.
    ByteOrder order = form.equals("nii") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    byte[] nifti = nifti(numbers, order, scaled ? SLOPE : 0);
    if (form.equals("nii")) {
      Files.write(file, nifti);
    } else {
      try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(nifti);
      }
    }
  }

  private static void npy(Path file, byte[] data, int depth) throws IOException {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d, %d), }"
            .formatted(depth, HEIGHT, WIDTH);
    byte[] text =
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0};
    Files.write(
        file,
        ByteBuffer.allocate(10 + text.length + data.length).put(start).put(text).put(data).array());
  }

  private static byte[] nifti(short[] numbers, ByteOrder order, float slope) {
    ByteBuffer file = ByteBuffer.allocate(352 + 2 * numbers.length).order(order);
    file.putInt(0, 348);
    short[] extents = {3, WIDTH, HEIGHT, DEPTH, 1, 1, 1, 1};
    for (int i = 0; i < extents.length; i++) {
      file.putShort(40 + 2 * i, extents[i]);
    }
    file.putShort(70, (short) 4).putShort(72, (short) 16);
    file.putFloat(108, 352).putFloat(112, slope);
    file.put(344, new byte[] {'n', '+', '1', 0});
    file.position(352);
    for (short number : numbers) {
      file.putShort(number);
    }
    return file.array();
  }

  /** The numbers of an array that {@link #draw} wrote. */
  static int[] numbers(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int[] numbers = new int[DEPTH * HEIGHT * WIDTH];
    ByteBuffer data =
        ByteBuffer.wrap(bytes, bytes.length - 4 * numbers.length, 4 * numbers.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (int) data.getFloat();
    }
    return numbers;
  }

  /** Replaces an array by one with a slice less. */
  static void smaller(Path file) throws IOException {
    npy(file, new byte[4 * (DEPTH - 1) * HEIGHT * WIDTH], DEPTH - 1);
  }
}
