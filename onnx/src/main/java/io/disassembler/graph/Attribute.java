package io.disassembler.graph;

import java.util.Arrays;
import java.util.List;

/** The value of a node's attribute, in the kinds that ONNX knows. */
public sealed interface Attribute {

  record Int(long value) implements Attribute {}

  record Real(float value) implements Attribute {}

  record Text(String value) implements Attribute {}

  /** A tensor; the weight's name is the tensor's own, often empty. */
  record Tensor(Weight value) implements Attribute {}

  record Ints(List<Long> values) implements Attribute {
    public Ints {
      values = List.copyOf(values);
    }

    public static Ints of(long... values) {
      return new Ints(Arrays.stream(values).boxed().toList());
    }
  }

  record Reals(List<Float> values) implements Attribute {
    public Reals {
      values = List.copyOf(values);
    }
  }

  record Texts(List<String> values) implements Attribute {
    public Texts {
      values = List.copyOf(values);
    }
  }

  /**
   * A kind that no operator of ours reads (sub-graphs, sparse tensors), kept for the round trip.
   */
  record Other(String kind, Opaque value) implements Attribute {}
}
