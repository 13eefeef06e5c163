package io.disassembler.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One operation of the graph, as the file states it.
 *
 * @param name the file's name for it, may be empty
 * @param operator ONNX operator type, such as {@code Conv}
 * @param domain operator domain; {@code ""} is ONNX's own
 * @param inputs names of the values and weights read, {@code ""} for an omitted optional one
 * @param outputs names of the values made, {@code ""} for an omitted optional one
 * @param extra what the file says of the node beyond that, kept for the round trip
 */
public record Node(
    String name,
    String operator,
    String domain,
    List<String> inputs,
    List<String> outputs,
    Map<String, Attribute> attributes,
    Opaque extra) {

  public Node {
    domain = domain.equals("ai.onnx") ? "" : domain;
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** A node of ONNX's own domain, its attributes in the order of their names. */
  public static Node of(
      String name,
      String operator,
      List<String> inputs,
      List<String> outputs,
      Map<String, Attribute> attributes) {
    return new Node(name, operator, "", inputs, outputs, new TreeMap<>(attributes), Opaque.NONE);
  }

  /** The name of input {@code index}; {@code ""} if it is omitted. */
  public String input(int index) {
    return index < inputs.size() ? inputs.get(index) : "";
  }

  /** How messages refer to this node: its name, or its first output where it has none. */
  public String label() {
    return name.isEmpty() ? operator + " -> " + String.join(", ", outputs) : name;
  }

  public Node withInputs(List<String> other) {
    return new Node(name, operator, domain, other, outputs, attributes, extra);
  }

  /** This node reading {@code value} as input {@code index}. */
  public Node withInput(int index, String value) {
    List<String> copy = new ArrayList<>(inputs);
    while (copy.size() <= index) {
      copy.add("");
    }
    copy.set(index, value);
    return withInputs(copy);
  }

  public Node withOutputs(List<String> other) {
    return new Node(name, operator, domain, inputs, other, attributes, extra);
  }

  public Node withName(String other) {
    return new Node(other, operator, domain, inputs, outputs, attributes, extra);
  }

  /** This node with attribute {@code key} added or replaced. */
  public Node withAttribute(String key, Attribute value) {
    Map<String, Attribute> copy = new LinkedHashMap<>(attributes);
    copy.put(key, value);
    return new Node(name, operator, domain, inputs, outputs, copy, extra);
  }

  /** This node without attribute {@code key}. */
  public Node withoutAttribute(String key) {
    Map<String, Attribute> copy = new LinkedHashMap<>(attributes);
    copy.remove(key);
    return new Node(name, operator, domain, inputs, outputs, copy, extra);
  }
}
