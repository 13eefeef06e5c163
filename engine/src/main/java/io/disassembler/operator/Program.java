package io.disassembler.operator;

import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network whose every node is understood.
 *
 * @param steps the network's nodes, in its order, each with its operator
 */
public record Program(Network network, List<Step> steps) {

  /** Operators that draw random numbers. */
  private static final Set<String> RANDOM =
      Set.of(
          "Bernoulli",
          "Multinomial",
          "RandomNormal",
          "RandomNormalLike",
          "RandomUniform",
          "RandomUniformLike");

  /** Operators that make complex numbers. */
  private static final Set<String> COMPLEX = Set.of("DFT", "STFT");

  /** What steers a network by what it computes; the reader has written out all others. */
  private static final Set<String> CONTROL_FLOW = Set.of("If", "Loop", "Scan");

  public Program {
    steps = List.copyOf(steps);
  }

  /** A node and what it does. */
  public record Step(Node node, Operator operator) {}

  /**
   * Parses every node.
   *
   * @throws InvalidInputException listing all unsupported operators at once with their nodes; or
   *     naming the first attribute that cannot be honoured
   */
  public static Program parse(Network network) {
    Map<String, List<String>> unsupported = unsupported(network);
    if (!unsupported.isEmpty()) {
      String list =
          unsupported.entrySet().stream()
              .map(entry -> entry.getKey() + " (" + summary(entry.getValue()) + ")")
              .collect(Collectors.joining(", "));
      throw new InvalidInputException(
          "%s: %d unsupported operator%s at opset %d: %s. %s (docs/operators.md lists what is supported)"
              .formatted(
                  network.name(),
                  unsupported.size(),
                  unsupported.size() == 1 ? "" : "s",
                  network.opset(),
                  list,
                  advice(unsupported.keySet())));
    }
    List<Step> steps = new ArrayList<>();
    for (Node node : network.nodes()) {
      long opset = network.opsets().getOrDefault(node.domain(), 1L);
      Attributes attributes = new Attributes(network.name(), node, opset);
      steps.add(new Step(node, Types.of(node).create(attributes)));
    }
    return new Program(network, steps);
  }

  /** For every step whether {@code value} depends on it. */
  public boolean[] needed(String value) {
    Set<String> values = new HashSet<>(Set.of(value));
    boolean[] needed = new boolean[steps.size()];
    for (int step = needed.length - 1; step >= 0; step--) {
      Node node = steps.get(step).node();
      needed[step] = !Collections.disjoint(values, node.outputs());
      if (needed[step]) {
        values.addAll(node.inputs());
      }
    }
    return needed;
  }

  /** Operators of {@code network} that we cannot run, each with the labels of its nodes. */
  public static Map<String, List<String>> unsupported(Network network) {
    Map<String, List<String>> unsupported = new LinkedHashMap<>();
    for (Node node : network.nodes()) {
      if (!Types.BY_NAME.containsKey(Types.key(node.domain(), node.operator()))) {
        unsupported
            .computeIfAbsent(
                node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator(),
                key -> new ArrayList<>())
            .add(node.label());
      }
    }
    return unsupported;
  }

  /** All supported operators, by name. */
  public static List<OperatorType> supported() {
    return List.copyOf(Types.BY_NAME.values());
  }

  private static String advice(Set<String> unsupported) {
    if (!Collections.disjoint(unsupported, RANDOM)) {
      return "Random numbers are others in each run, so that no two results can be compared; store them as a constant (PyTorch: a buffer) before the export";
    }
    if (!Collections.disjoint(unsupported, COMPLEX)) {
      return "Fourier transforms make complex numbers, for which no gradient or cut is defined here; write the transform as a product with a matrix of cosines and sines (MatMul) before the export";
    }
    if (!Collections.disjoint(unsupported, CONTROL_FLOW)) {
      return "How often a loop runs, or which branch is taken, must be known without an image; export with fixed sizes (PyTorch: without dynamic_shapes or dynamic_axes)";
    }
    if (unsupported.stream().anyMatch(name -> name.startsWith("com.microsoft."))) {
      return "ONNX Runtime wrote some of these when it optimised or quantised the file; take the file from before that";
    }
    return "Export with standard ONNX operators or simplify the model";
  }

  private static String summary(List<String> nodes) {
    String shown = nodes.stream().limit(3).collect(Collectors.joining(", "));
    return nodes.size() > 3 ? shown + " and " + (nodes.size() - 3) + " more" : shown;
  }

  private static final class Types {
    static final Map<String, OperatorType> BY_NAME =
        ServiceLoader.load(OperatorType.class, OperatorType.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(java.util.Comparator.comparing(OperatorType::name))
            .collect(
                Collectors.toMap(
                    type -> key(type.domain(), type.name()),
                    type -> type,
                    (first, second) -> {
                      throw new IllegalStateException("two types for " + first.name());
                    },
                    LinkedHashMap::new));

    static String key(String domain, String name) {
      return domain + "/" + name;
    }

    static OperatorType of(Node node) {
      OperatorType type = BY_NAME.get(key(node.domain(), node.operator()));
      if (type == null) {
        throw new IllegalStateException("unsupported: " + node.operator());
      }
      return type;
    }
  }
}
