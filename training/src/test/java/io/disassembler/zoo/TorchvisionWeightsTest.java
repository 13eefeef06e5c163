package io.disassembler.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.safetensors.SafeTensors;
import io.disassembler.safetensors.SafeTensorsReader;
import io.disassembler.safetensors.SafeTensorsWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state_dict of torchvision's models loads by name, to the last tensor. */
class TorchvisionWeightsTest {
  @TempDir Path folder = Path.of("");

  /** Numbers of parameters as torchvision documents them, for 21 categories. */
  @ParameterizedTest
  @CsvSource({
    "DEEPLABV3,RESNET50,42004074",
    "FCN,RESNET50,35322218",
    "DEEPLABV3,RESNET101,60996202",
    "FCN,RESNET101,54314346"
  })
  void parametersAddUp(Architecture architecture, Backbone backbone, long expected) {
    long sum =
        StateDict.of(architecture, backbone, 21).entrySet().stream()
            .filter(entry -> !StateDict.isBuffer(entry.getKey()))
            .mapToLong(entry -> entry.getValue().elements())
            .sum();
    assertThat(sum).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"DEEPLABV3,RESNET50", "FCN,RESNET50"})
  void everyTensorOfAStateDictLoads(Architecture architecture, Backbone backbone) {
    Map<String, Shape> keys = StateDict.of(architecture, backbone, 21);
    SafeTensorsWriter.write(
        SafeTensors.of(keys.entrySet().stream().map(TorchvisionWeightsTest::tensor).toList()),
        folder.resolve("model.safetensors"));
    Network network = architecture.build(new ZooSettings(backbone, 21, 1, 8, true, 1));

    Network loaded =
        NamedWeights.load(
            network, SafeTensorsReader.read(folder.resolve("model.safetensors")), "model");

    keys.forEach(
        (name, shape) -> {
          if (!name.endsWith("num_batches_tracked")) {
            Weight weight = loaded.weights().get(name);
            assertThat(weight).as(name).isNotNull();
            assertThat(weight.shape()).as(name).isEqualTo(shape);
            assertThat(weight.data().getFloat(0)).as(name).isEqualTo(mark(name));
          }
        });
    assertThat(loaded.weights().values().stream().filter(w -> w.type().isFloating()).count())
        .isEqualTo(keys.keySet().stream().filter(k -> !k.endsWith("num_batches_tracked")).count());
  }

  private static float mark(String name) {
    return name.hashCode() % 1000 / 1000f;
  }

  /** Says its name in its first element. */
  private static Weight tensor(Map.Entry<String, Shape> key) {
    if (key.getKey().endsWith("num_batches_tracked")) {
      return Weight.ofLongs(key.getKey(), key.getValue(), 7);
    }
    java.nio.ByteBuffer raw =
        java.nio.ByteBuffer.allocate(Math.toIntExact(4 * key.getValue().elements()))
            .order(java.nio.ByteOrder.LITTLE_ENDIAN);
    raw.putFloat(0, mark(key.getKey()));
    return Weight.of(key.getKey(), ElementType.FLOAT, key.getValue(), raw);
  }
}
