package io.disassembler.fullsize;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.attribution.ChosenOutput;
import io.disassembler.channel.ChannelGroups;
import io.disassembler.cut.RandomNetwork;
import io.disassembler.engine.ConstantFolding;
import io.disassembler.engine.Engine;
import io.disassembler.engine.Probe;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.operator.Program;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Couples large networks and reports how long that took; asserts no times, which depend on the
 * machine. {@code ./mvnw test -pl core -Dtest=CouplingTimeTest} prints them.
 */
class CouplingTimeTest {
  private static final int LAYERS = 1000;

  @Test
  void aDeepLabOnResNet50(TestReporter reporter) {
    Map<String, Shape> inputs = Map.of(Draft.IMAGE, Shape.of(1, 3, 32, 48));
    Network network =
        ChosenOutput.first(ResNet50.deepLabV3(), inputs, OptionalInt.empty(), 1, warning -> {});

    ChannelGroups groups = couple(network, inputs, reporter);

    // 64 of the stem, 4 residual streams, the inner layers of 16 blocks, 5 + 2 layers of the head
    int inner = 2 * (3 * 64 + 4 * 128 + 6 * 256 + 3 * 512);
    assertThat(groups.groups()).hasSize(64 + 256 + 512 + 1024 + 2048 + inner + 7 * 256);
  }

  @Test
  void aRandomNetworkOfAThousandLayers(TestReporter reporter) {
    RandomNetwork random = RandomNetwork.generate(1, LAYERS);

    ChannelGroups groups = couple(random.network(), Map.of(Draft.IMAGE, random.shape()), reporter);

    assertThat(groups.groups()).hasSizeGreaterThan(LAYERS);
  }

  private static ChannelGroups couple(
      Network network, Map<String, Shape> inputs, TestReporter reporter) {
    Program source = Program.parse(network);
    try (Engine engine = Engine.of(source)) {
      Probe probe = engine.probe(inputs);
      Program folded = Program.parse(ConstantFolding.fold(source, probe));
      Probe complete = probe.withWeights(folded.network().weights().values());
      long start = System.nanoTime();
      ChannelGroups groups = ChannelGroups.of(folded, complete);
      reporter.publishEntry(
          "seconds to couple " + network, Double.toString((System.nanoTime() - start) / 1e9));
      return groups;
    }
  }
}
