package io.disassembler.operator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** The tensors that one node reads, and how many outputs it is asked for. */
public final class Inputs {
  private final List<@Nullable Tensor> tensors;
  private final int outputs;

  public Inputs(List<@Nullable Tensor> tensors, int outputs) {
    this.tensors = Collections.unmodifiableList(new ArrayList<>(tensors));
    this.outputs = outputs;
  }

  /** Number of inputs that the node lists, omitted ones included. */
  public int size() {
    return tensors.size();
  }

  /** Number of outputs that the node lists. */
  public int outputs() {
    return outputs;
  }

  /** True if input {@code index} is listed and not omitted. */
  public boolean has(int index) {
    return index < tensors.size() && tensors.get(index) != null;
  }

  /** Input {@code index}, which must be there. */
  public Tensor get(int index) {
    Tensor tensor = optional(index);
    if (tensor == null) {
      throw new CannotRunException("input " + index + " is missing");
    }
    return tensor;
  }

  /** Input {@code index}, or null if it is omitted. */
  public @Nullable Tensor optional(int index) {
    return index < tensors.size() ? tensors.get(index) : null;
  }

  /** All inputs that are there, in order. */
  public List<Tensor> present() {
    List<Tensor> present = new ArrayList<>();
    for (Tensor tensor : tensors) {
      if (tensor != null) {
        present.add(tensor);
      }
    }
    return present;
  }

  /** The elements of an integer (or boolean) input {@code index} as longs. */
  public long[] longs(int index) {
    Tensor tensor = get(index);
    if (TensorData.type(tensor).isFloating()) {
      throw new CannotRunException(
          "input %d: expected integers, found %s".formatted(index, TensorData.type(tensor)));
    }
    return TensorData.longs(tensor);
  }

  /** The one number that input {@code index} holds, as a whole one. */
  public long number(int index) {
    Tensor tensor = get(index);
    CannotRunException.requireCount("numbers in input " + index, 1, tensor.numel());
    return TensorData.longs(tensor)[0];
  }

  /** The elements of input {@code index} as floats. */
  public float[] floats(int index) {
    return TensorData.floats(get(index));
  }
}
