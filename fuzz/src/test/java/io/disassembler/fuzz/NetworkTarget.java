package io.disassembler.fuzz;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.disassembler.SegmentationNetwork;
import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Inspection;
import io.disassembler.check.RandomSelection;
import io.disassembler.cut.Cutter;
import io.disassembler.data.Size;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.operator.Program;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Networks: opened, taken apart, run, profiled and cut; what takes no images is taken apart and cut
 * alone.
 */
final class NetworkTarget implements Target {
  private static final Size SIZE = new Size(SmallNetwork.SIZE, SmallNetwork.SIZE);

  /** Extent of axes that a network leaves open. */
  private static final long OPEN = 3;

  /** One mutant in so many is damaged without regard to what the bytes mean. */
  private static final int BYTES = 5;

  private static final int LARGEST = 200_000;

  private final Bench bench;
  private final Path written;
  private final List<byte[]> seeds = new ArrayList<>();
  private final MessageMutator messages;

  NetworkTarget(Bench bench) throws IOException {
    this.bench = bench;
    Path folder = Files.createDirectories(bench.folder().resolve("cut"));
    written = folder.resolve("cut.onnx");
    Path sub = folder.resolve("sub.onnx");
    bench.subNetwork().write(sub);
    // The small networks take part in more mutants than each of the many cases.
    for (int i = 0; i < 20; i++) {
      seeds.add(Files.readAllBytes(bench.network().file()));
      seeds.add(Files.readAllBytes(sub));
      seeds.add(StridedNetwork.make().toByteArray());
    }
    for (Path folders : both()) {
      try (Stream<Path> files = Files.walk(folders, 2)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".onnx")).sorted().toList()) {
          if (Files.size(file) < LARGEST) {
            seeds.add(Files.readAllBytes(file));
          }
        }
      }
    }
    List<ModelProto> models = new ArrayList<>();
    for (byte[] seed : seeds.subList(1, seeds.size())) {
      models.add(ModelProto.parseFrom(seed));
    }
    messages = new MessageMutator(models);
  }

  private static List<Path> both() {
    return Stream.of(Shared.optional("cases"), Shared.optional("onnx-node"))
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public List<byte[]> seeds() {
    return seeds;
  }

  @Override
  public byte[] mutant(byte[] seed, RandomGenerator random) throws IOException {
    return random.nextInt(BYTES) == 0
        ? Damage.of(seed, random)
        : messages.mutant(ModelProto.parseFrom(seed), random).toByteArray();
  }

  @Override
  public void use(Path file) {
    try (SegmentationNetwork network = SegmentationNetwork.at(file).threads(1).size(SIZE).open()) {
      network.inspect();
      Profile profile = network.profile(bench.images()).threshold(0.3).run();
      network
          .extract(List.of(1))
          .from(profile)
          .keepMacs(0.5)
          .recovery(RecoveryMethod.RIDGE)
          .run()
          .write(written);
    } catch (InvalidInputException e) {
      asGraph(OnnxReader.read(file));
    }
  }

  private void asGraph(Network network) {
    Map<String, Shape> inputs = new HashMap<>();
    for (Value input : network.inputs()) {
      inputs.put(input.name(), shape(input));
    }
    Anatomy anatomy = Anatomy.of(network, inputs, 1);
    Inspection.of(anatomy);
    Network cut = Cutter.cut(anatomy, RandomSelection.of(anatomy.groups(), new Random(1)));
    OnnxWriter.write(cut, written);
    Anatomy.of(Program.parse(OnnxReader.read(written)).network(), inputs, 1);
  }

  private static Shape shape(Value input) {
    return Shape.of(
        input.dimensions().orElse(List.of()).stream()
            .mapToLong(d -> d instanceof Dimension.Fixed fixed ? Math.min(fixed.size(), 32) : OPEN)
            .toArray());
  }
}
