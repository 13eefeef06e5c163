package io.disassembler.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.NotEnoughMemoryException;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The conformance cases with one thing wrong: an attribute of another length or value, an operand
 * that is missing, of another shape or with other numbers. Each runs or is refused as an error of
 * the user, in one line; none fails as a bug.
 */
class MalformedNodesTest {
  private static final List<Long> NUMBERS = List.of(-9L, -1L, 0L, 1L, 7L, 1L << 40);

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.disassembler.operator.ConformanceCases#names")
  void areRefused(String name) throws IOException {
    Network network = ConformanceCases.network(name);
    Map<String, Weight> inputs =
        ConformanceCases.inputs(network, ConformanceCases.dataSets(name).get(0));
    for (int step = 0; step < network.nodes().size(); step++) {
      Node node = network.nodes().get(step);
      for (Map.Entry<String, Attribute> attribute : node.attributes().entrySet()) {
        for (Attribute other : others(attribute.getValue())) {
          attempt(with(network, step, node.withAttribute(attribute.getKey(), other)), inputs);
        }
      }
      for (int input = 0; input < node.inputs().size(); input++) {
        attempt(with(network, step, node.withInput(input, "")), inputs);
      }
    }
    for (Weight weight : inputs.values()) {
      for (Weight other : others(weight)) {
        Map<String, Weight> changed = new HashMap<>(inputs);
        changed.put(weight.name(), other);
        attempt(network, changed);
      }
    }
  }

  private static void attempt(Network network, Map<String, Weight> inputs) {
    try (Engine engine = Engine.of(Program.parse(network))) {
      engine.run(inputs, ForwardRequest.outputs(), forward -> true);
    } catch (InvalidInputException | NotEnoughMemoryException e) {
      assertThat(e.getMessage()).doesNotContain("\n");
    }
  }

  private static Network with(Network network, int step, Node node) {
    List<Node> nodes = new ArrayList<>(network.nodes());
    nodes.set(step, node);
    return network.toBuilder().nodes(nodes).build();
  }

  private static List<Attribute> others(Attribute attribute) {
    List<Attribute> others = new ArrayList<>();
    if (attribute instanceof Attribute.Int) {
      NUMBERS.forEach(number -> others.add(new Attribute.Int(number)));
    } else if (attribute instanceof Attribute.Ints ints) {
      List<Long> values = ints.values();
      List<Long> longer = new ArrayList<>(values);
      longer.add(1L);
      others.add(new Attribute.Ints(longer));
      others.add(new Attribute.Ints(values.subList(Math.min(1, values.size()), values.size())));
      NUMBERS.forEach(
          number -> others.add(new Attribute.Ints(Collections.nCopies(values.size(), number))));
    } else if (attribute instanceof Attribute.Reals reals) {
      List<Float> values = reals.values();
      others.add(new Attribute.Reals(values.subList(Math.min(1, values.size()), values.size())));
    }
    return others;
  }

  private static List<Weight> others(Weight weight) {
    return switch (weight.type()) {
      case FLOAT -> otherShapes(weight);
      case INT64 -> otherNumbers(weight);
      default -> List.of();
    };
  }

  private static List<Weight> otherShapes(Weight weight) {
    float[] values = weight.floats();
    if (values.length == 0) {
      return List.of();
    }
    List<Weight> others = new ArrayList<>();
    long[] extents = weight.shape().dimensions();
    others.add(Weight.ofFloats(weight.name(), Shape.of(), values[0]));
    others.add(Weight.ofFloats(weight.name(), Shape.of(values.length), values));
    others.add(Weight.ofFloats(weight.name(), Shape.of(append(extents, 1)), values));
    if (extents.length > 0) {
      long[] fewer = extents.clone();
      fewer[0]--;
      Shape shape = Shape.of(fewer);
      others.add(
          Weight.ofFloats(
              weight.name(), shape, Arrays.copyOf(values, Math.toIntExact(shape.elements()))));
    }
    return others;
  }

  private static List<Weight> otherNumbers(Weight weight) {
    long[] values = weight.longs();
    List<Weight> others = new ArrayList<>();
    for (long number : NUMBERS) {
      long[] same = LongStream.generate(() -> number).limit(values.length).toArray();
      others.add(Weight.ofLongs(weight.name(), weight.shape(), same));
    }
    if (weight.shape().rank() == 1) {
      others.add(Weight.ofLongs(weight.name(), append(values, 1)));
      others.add(
          Weight.ofLongs(weight.name(), Arrays.copyOf(values, Math.max(0, values.length - 1))));
    }
    return others;
  }

  private static long[] append(long[] values, long last) {
    long[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = last;
    return longer;
  }
}
