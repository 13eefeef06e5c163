package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.SubNetwork;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Boundary;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxReader;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks with floats of 16 or 64 bits. */
class FloatWidthsTest {
  private Scenes scenes = new Scenes(Path.of(""));

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16", "DOUBLE"})
  void wholeNetworks(ElementType type) throws IOException {
    Network network = as(type, Scenes.network(1).build());
    wholeWay(network, type);
    SubNetwork small = sameKernels(scenes.file("form.onnx"));
    small.write(scenes.file("again.onnx"));
    Network written = OnnxReader.read(scenes.file("again.onnx"));
    assertThat(written.inputs().get(0).type()).isEqualTo(type);
    assertThat(written.outputs().get(0).type()).isEqualTo(type);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "DOUBLE"})
  void insideOnly(ElementType type) throws IOException {
    wholeWay(inside(type, Scenes.network(1).build()), type);
    SubNetwork small = sameKernels(scenes.file("form.onnx"));
    small.write(scenes.file("again.onnx"));
    Network written = OnnxReader.read(scenes.file("again.onnx"));
    assertThat(written.inputs().get(0).type()).isEqualTo(ElementType.FLOAT);
    assertThat(written.outputs().get(0).type()).isEqualTo(ElementType.FLOAT);
  }

  /** Rounded weights rank almost as the others do: here they keep the same channels. */
  private SubNetwork sameKernels(Path file) {
    try (SegmentationNetwork plain = SegmentationNetwork.at(scenes.model()).threads(1).open();
        SegmentationNetwork other = SegmentationNetwork.at(file).threads(1).open()) {
      assertThat(other.network().boundary()).isNotEqualTo(Boundary.PLAIN);
      Profile expected = plain.profile(images()).run();
      Profile found = other.profile(images()).run();
      for (String map : expected.featureMaps()) {
        assertThat(found.category(1).forward(map))
            .containsExactly(expected.category(1).forward(map), within(1e-2));
      }
      return other
          .extract("car", "tree")
          .from(found)
          .keepMacs(0.5)
          .recovery(RecoveryMethod.RIDGE)
          .run();
    }
  }

  private ImageSet images() {
    return ImageSet.folder(scenes.images(), scenes.masks());
  }

  private void wholeWay(Network network, ElementType type) throws IOException {
    Path model = scenes.write("form.onnx", network.toBuilder());
    Path small = scenes.file("small.onnx");
    Object[] data = {"--images", scenes.images(), "--masks", scenes.masks()};
    assertThat(Invocation.succeed("inspect", model).out().lines().findFirst().orElseThrow())
        .contains("floats of type " + type);
    Invocation.succeed("check", model, "--cuts", 2);
    Invocation.succeed(
        Invocation.join(
            new Object[] {
              "extract",
              model,
              "-c",
              "car,road",
              "--keep-macs",
              "0.5",
              "--recovery",
              "ridge",
              "-o",
              small
            },
            data));
    assertThat(
            Invocation.succeed(
                    Invocation.join(new Object[] {"evaluate", model, small, "--no-latency"}, data))
                .out())
        .containsPattern("car +1.000 +1.000");
    Network written = OnnxReader.read(small);
    assertThat(
            written.weights().values().stream()
                .map(Weight::type)
                .filter(ElementType::isFloating)
                .distinct())
        .containsExactly(type);
    assertThat(Files.size(small)).isLessThan(Files.size(model) + 4000);
  }

  private static Network as(ElementType type, Network plain) {
    Map<String, ElementType> types = new HashMap<>();
    types.put(plain.inputs().get(0).name(), type);
    plain.weights().keySet().forEach(name -> types.put(name, type));
    plain.nodes().forEach(node -> node.outputs().forEach(value -> types.put(value, type)));
    // Written as a file of that width, by what OnnxWriterTest and FloatElementsTest cover.
    Network.Builder builder = plain.toBuilder().boundary(Boundary.PLAIN.withTypes(types));
    return type == ElementType.BFLOAT16
        ? builder.opset("", 22).irVersion(10).build()
        : builder.build();
  }

  private static Network inside(ElementType type, Network plain) {
    Network whole = as(type, plain);
    Value image = plain.inputs().get(0);
    Value scores = plain.outputs().get(0);
    Map<String, ElementType> types = new HashMap<>(whole.boundary().types());
    types.put(image.name(), ElementType.FLOAT);
    types.put(image.name() + ".cast", type);
    types.put(scores.name(), ElementType.FLOAT);
    types.put(scores.name() + ".cast", type);
    List<Node> nodes = new ArrayList<>();
    nodes.add(cast(image.name(), image.name() + ".cast"));
    for (Node node : plain.nodes()) {
      nodes.add(
          node.withInputs(
                  node.inputs().stream()
                      .map(name -> name.equals(image.name()) ? name + ".cast" : name)
                      .toList())
              .withOutputs(
                  node.outputs().stream()
                      .map(name -> name.equals(scores.name()) ? name + ".cast" : name)
                      .toList()));
    }
    nodes.add(cast(scores.name() + ".cast", scores.name()));
    return plain.toBuilder().nodes(nodes).boundary(Boundary.PLAIN.withTypes(types)).build();
  }

  private static Node cast(String from, String to) {
    return Node.of(
        to + ".c",
        "Cast",
        List.of(from),
        List.of(to),
        Map.of("to", new Attribute.Int(ElementType.FLOAT.code())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cases/formats/float16-keepio.onnx", "cases/f16-inside.onnx"})
  void filesOfOthers(String name) throws IOException {
    Path file = Shared.file(name);
    Path small = scenes.checkedCut(file, "32x48");

    assertThat(OnnxReader.read(small).weights().values())
        .filteredOn(weight -> weight.shape().rank() == 4)
        .isNotEmpty()
        .allMatch(weight -> weight.type() == ElementType.FLOAT16);
  }
}
