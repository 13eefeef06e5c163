package io.disassembler.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.safetensors.SafeTensors;
import io.disassembler.safetensors.SafeTensorsReader;
import io.disassembler.safetensors.SafeTensorsWriter;
import io.disassembler.zoo.NamedWeights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Weights in safetensors: read, given to a network by their names, and the network runs. */
final class SafeTensorsTarget implements Target {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Bench bench;
  private final Network network;

  SafeTensorsTarget(Bench bench) {
    this.bench = bench;
    network = OnnxReader.read(bench.network().file());
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    Path file = bench.folder().resolve("seed.safetensors");
    SafeTensorsWriter.write(new SafeTensors(network.weights(), Map.of("format", "pt")), file);
    return List.of(Files.readAllBytes(file));
  }

  /** Mostly the header, which says what the rest means. */
  @Override
  public byte[] mutant(byte[] seed, RandomGenerator random) throws IOException {
    if (random.nextInt(3) == 0) {
      return Damage.of(seed, random);
    }
    int end = Long.BYTES + (int) ByteBuffer.wrap(seed).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    byte[] header =
        JSON.writeValueAsBytes(
            JsonMutator.mutant(JSON.readTree(Arrays.copyOfRange(seed, Long.BYTES, end)), random));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array());
    file.write(header);
    file.write(seed, end, seed.length - end);
    return file.toByteArray();
  }

  @Override
  public void use(Path file) {
    SafeTensors tensors = SafeTensorsReader.read(file);
    tensors.weights().values().forEach(weight -> weight.data().remaining());
    Network loaded = NamedWeights.load(network, tensors, file.toString());
    Anatomy.of(loaded, Map.of("image", Shape.of(1, 3, SmallNetwork.SIZE, SmallNetwork.SIZE)), 1);
  }
}
