package io.disassembler.cut;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.boundary.Presentation;
import io.disassembler.channel.Anatomy;
import io.disassembler.check.CheckReport;
import io.disassembler.check.CheckResult;
import io.disassembler.check.CheckSettings;
import io.disassembler.check.NetworkCheck;
import io.disassembler.check.RandomSelection;
import io.disassembler.data.Size;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.selection.Selection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random networks in 8 bits. {@code -Ddisassembler.quantized=1000} tries more of them, {@code
 * -Ddisassembler.seed=N} starts at another seed.
 */
class QuantizedCutTest {
  private static final int NETWORKS = Integer.getInteger("disassembler.quantized", 12);
  private static final long FIRST_SEED = Long.getLong("disassembler.seed", 1);

  @TempDir private Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> cutAndWrittenInEightBits() {
    return LongStream.range(FIRST_SEED, FIRST_SEED + NETWORKS)
        .boxed()
        .flatMap(
            seed ->
                Stream.of(QuantizedForm.Kind.values())
                    .map(
                        kind ->
                            DynamicTest.dynamicTest(
                                "seed " + seed + ", " + kind, () -> wholeWay(seed, kind))));
  }

  private void wholeWay(long seed, QuantizedForm.Kind kind) {
    RandomNetwork generated = RandomNetwork.generate(seed, 5);
    CutHarness plain =
        new CutHarness(generated.network(), Map.of(RandomGraph.IMAGE, generated.shape()), seed);
    if (!hasRange(plain, seed)) {
      return; // as good as constant: any difference is large
    }
    String context = "seed %d, %s%n%s".formatted(seed, kind, generated);
    Path file = folder.resolve("full.onnx");
    OnnxWriter.write(QuantizedForm.of(plain.anatomy, kind, seed % 2 == 0, plain.images), file);
    Network stored = OnnxReader.read(file);
    Network read = Presentation.floats(stored);
    NetworkInput input = NetworkInput.of(read, new Size(RandomGraph.SIZE, RandomGraph.SIZE));
    Anatomy anatomy = Anatomy.of(read, input.shapes(), 1);

    assertThat(operators(read)).as(context).doesNotContain("DequantizeLinear", "QLinearConv");
    CheckResult result =
        NetworkCheck.run(file, read, input, anatomy, new CheckSettings(2, seed, 1));
    assertThat(result.holds()).as(context + CheckReport.table(result)).isTrue();

    Path all = folder.resolve("all.onnx");
    OnnxWriter.write(Cutter.cut(anatomy, Selection.all(anatomy.groups())), all);
    Network same = OnnxReader.read(all);
    assertThat(integers(same)).as("keeping all: " + context).isEqualTo(integers(stored));
    assertThat(counts(same)).as("keeping all: " + context).isEqualTo(counts(stored));

    Path small = folder.resolve("small.onnx");
    OnnxWriter.write(
        Cutter.cut(anatomy, RandomSelection.of(anatomy.groups(), new Random(seed))), small);
    Network cut = OnnxReader.read(small);
    assertThat(counts(cut)).as(context).isEqualTo(counts(stored));
  }

  /** Whether neither the network nor the cuts that are checked are as good as constant. */
  private static boolean hasRange(CutHarness plain, long seed) {
    Random random = new Random(seed);
    return Stream.of(
            Selection.all(plain.groups),
            RandomSelection.of(plain.groups, random),
            RandomSelection.of(plain.groups, random))
        .allMatch(selection -> CutHarness.range(plain.masked(selection).get(0)) > 1e-2);
  }

  private static Set<String> operators(Network network) {
    return network.nodes().stream().map(Node::operator).collect(Collectors.toSet());
  }

  /** How often each operator on whole numbers is there. */
  private static Map<String, Long> counts(Network network) {
    return network.nodes().stream()
        .map(Node::operator)
        .filter(name -> name.matches("QLinear.*|.*Integer|DynamicQuantizeLinear|QuantizeLinear"))
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
  }

  /** The elements of all weights of 8 and 32 bits that are not scalars, whatever their names. */
  private static List<String> integers(Network network) {
    List<String> found = new ArrayList<>();
    for (Weight weight : network.weights().values()) {
      boolean whole = weight.type() == ElementType.INT8 || weight.type() == ElementType.INT32;
      if (whole && weight.shape().rank() > 0) {
        found.add(
            weight.type()
                + weight.shape().toString()
                + java.util.Arrays.hashCode(weight.integers()));
      }
    }
    found.sort(null);
    return found;
  }
}
