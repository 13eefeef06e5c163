package io.disassembler.graph;

import io.disassembler.base.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network: nodes in an order in which each reads only what came before, the weights they read,
 * and what the file says around them. Immutable; made and changed through {@link Builder}, which
 * checks that every value has exactly one maker.
 */
public final class Network {
  private final String name;
  private final long irVersion;
  private final Map<String, Long> opsets;
  private final List<Value> inputs;
  private final List<Value> outputs;
  private final Map<String, Value> annotations;
  private final Map<String, Weight> weights;
  private final List<Node> nodes;
  private final Map<String, String> metadata;
  private final Opaque modelExtra;
  private final Opaque graphExtra;
  private final Boundary boundary;
  private final Map<String, Node> producers = new HashMap<>();
  private final Map<String, List<Node>> consumers = new HashMap<>();

  private Network(Builder builder) {
    name = builder.name;
    irVersion = builder.irVersion;
    opsets = unmodifiable(builder.opsets);
    inputs = List.copyOf(builder.inputs);
    outputs = List.copyOf(builder.outputs);
    annotations = unmodifiable(builder.annotations);
    weights = unmodifiable(builder.weights);
    nodes = List.copyOf(builder.nodes);
    metadata = unmodifiable(builder.metadata);
    modelExtra = builder.modelExtra;
    graphExtra = builder.graphExtra;
    boundary = builder.boundary;
    index();
  }

  /** What messages call this network: its file's path where it came from one. */
  public String name() {
    return name;
  }

  public long irVersion() {
    return irVersion;
  }

  /** Version of each operator domain in use; {@code ""} is ONNX's own. */
  public Map<String, Long> opsets() {
    return opsets;
  }

  /** Version of ONNX's own operator set. */
  public long opset() {
    return opsets.getOrDefault("", 1L);
  }

  /** Graph inputs that are not weights. */
  public List<Value> inputs() {
    return inputs;
  }

  public List<Value> outputs() {
    return outputs;
  }

  /** Declared types and shapes of values in between (ONNX: value_info), by name. */
  public Map<String, Value> annotations() {
    return annotations;
  }

  /** Stored tensors by name. */
  public Map<String, Weight> weights() {
    return weights;
  }

  public Optional<Weight> weight(String value) {
    return Optional.ofNullable(weights.get(value));
  }

  /** Nodes in topological order. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The model's metadata properties. */
  public Map<String, String> metadata() {
    return metadata;
  }

  public Opaque modelExtra() {
    return modelExtra;
  }

  public Opaque graphExtra() {
    return graphExtra;
  }

  /** How the file that this is read from and written to differs from it. */
  public Boundary boundary() {
    return boundary;
  }

  /** The node that makes {@code value}; empty for graph inputs and weights. */
  public Optional<Node> producer(String value) {
    return Optional.ofNullable(producers.get(value));
  }

  /** The nodes that read {@code value}, in order, each once. */
  public List<Node> consumers(String value) {
    return consumers.getOrDefault(value, List.of());
  }

  /** True if {@code value} is a graph output. */
  public boolean isOutput(String value) {
    return outputs.stream().anyMatch(output -> output.name().equals(value));
  }

  /** Number of stored floating-point elements. */
  public long parameters() {
    return weights.values().stream()
        .filter(weight -> weight.type().isFloating())
        .mapToLong(weight -> weight.shape().elements())
        .sum();
  }

  public Builder toBuilder() {
    Builder builder = new Builder(name);
    builder.irVersion = irVersion;
    builder.opsets.putAll(opsets);
    builder.inputs.addAll(inputs);
    builder.outputs.addAll(outputs);
    builder.annotations.putAll(annotations);
    builder.weights.putAll(weights);
    builder.nodes.addAll(nodes);
    builder.metadata.putAll(metadata);
    builder.modelExtra = modelExtra;
    builder.graphExtra = graphExtra;
    builder.boundary = boundary;
    return builder;
  }

  private void index() {
    Set<String> known = new HashSet<>(weights.keySet());
    for (Value input : inputs) {
      define(known, input.name(), "graph input");
    }
    for (Node node : nodes) {
      for (String input : new HashSet<>(node.inputs())) {
        if (!input.isEmpty() && !known.contains(input)) {
          throw new InvalidInputException(
              "%s: node '%s' reads '%s', which nothing before it makes"
                  .formatted(name, node.label(), input));
        }
        consumers.computeIfAbsent(input, key -> new ArrayList<>()).add(node);
      }
      for (String output : node.outputs()) {
        if (!output.isEmpty()) {
          define(known, output, "node '" + node.label() + "'");
          producers.put(output, node);
        }
      }
    }
    for (Value output : outputs) {
      if (!known.contains(output.name())) {
        throw new InvalidInputException(
            "%s: nothing makes the graph output '%s'".formatted(name, output.name()));
      }
    }
  }

  private void define(Set<String> known, String value, String maker) {
    if (!known.add(value)) {
      throw new InvalidInputException(
          "%s: %s makes '%s', which exists already".formatted(name, maker, value));
    }
  }

  private static <V> Map<String, V> unmodifiable(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  @Override
  public String toString() {
    return "%s (%d nodes, %d weights)".formatted(name, nodes.size(), weights.size());
  }

  /** Collects the parts of a {@link Network}. */
  public static final class Builder {
    private final String name;
    private long irVersion = 8;
    private final Map<String, Long> opsets = new LinkedHashMap<>();
    private final List<Value> inputs = new ArrayList<>();
    private final List<Value> outputs = new ArrayList<>();
    private final Map<String, Value> annotations = new LinkedHashMap<>();
    private final Map<String, Weight> weights = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private Opaque modelExtra = Opaque.NONE;
    private Opaque graphExtra = Opaque.NONE;
    private Boundary boundary = Boundary.PLAIN;

    public Builder(String name) {
      this.name = name;
    }

    public Builder irVersion(long version) {
      irVersion = version;
      return this;
    }

    public Builder opset(String domain, long version) {
      opsets.put(domain.equals("ai.onnx") ? "" : domain, version);
      return this;
    }

    public Builder input(Value input) {
      inputs.add(input);
      return this;
    }

    public Builder output(Value output) {
      outputs.add(output);
      return this;
    }

    /** Replaces all graph inputs. */
    public Builder inputs(Collection<Value> replacement) {
      List<Value> copy = List.copyOf(replacement);
      inputs.clear();
      inputs.addAll(copy);
      return this;
    }

    /** Replaces all graph outputs. */
    public Builder outputs(Collection<Value> replacement) {
      outputs.clear();
      outputs.addAll(replacement);
      return this;
    }

    public Builder annotation(Value value) {
      annotations.put(value.name(), value);
      return this;
    }

    /** Replaces all annotations. */
    public Builder annotations(Collection<Value> replacement) {
      annotations.clear();
      replacement.forEach(this::annotation);
      return this;
    }

    /** Adds a weight, or replaces the one of that name. */
    public Builder weight(Weight weight) {
      weights.put(weight.name(), weight);
      return this;
    }

    /** Replaces all weights. */
    public Builder weights(Collection<Weight> replacement) {
      weights.clear();
      replacement.forEach(this::weight);
      return this;
    }

    public Builder node(Node node) {
      nodes.add(node);
      return this;
    }

    /** Replaces all nodes; the order must be topological. */
    public Builder nodes(Collection<Node> replacement) {
      List<Node> copy = List.copyOf(replacement);
      nodes.clear();
      nodes.addAll(copy);
      return this;
    }

    public Builder metadata(String key, String value) {
      metadata.put(key, value);
      return this;
    }

    /** Replaces all metadata. */
    public Builder metadata(Map<String, String> replacement) {
      Map<String, String> copy = new LinkedHashMap<>(replacement);
      metadata.clear();
      metadata.putAll(copy);
      return this;
    }

    public Builder extras(Opaque model, Opaque graph) {
      modelExtra = model;
      graphExtra = graph;
      return this;
    }

    public Builder boundary(Boundary other) {
      boundary = other;
      return this;
    }

    /**
     * The network.
     *
     * @throws InvalidInputException if a value is read before it is made, made twice, or an output
     *     is never made
     */
    public Network build() {
      return new Network(this);
    }
  }
}
