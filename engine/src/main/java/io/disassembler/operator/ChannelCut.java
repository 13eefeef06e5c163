package io.disassembler.operator;

import io.disassembler.graph.Node;
import java.util.Optional;

/** What is kept of one node's operands, and the means to rewrite the node for it. */
public interface ChannelCut {

  /** The node, reading weights that are sliced already. */
  Node node();

  /** Shapes before the cut. */
  Operands before();

  /** Shapes after the cut. */
  Operands after();

  /** What is kept of input {@code index}; empty if nothing of it goes. */
  Optional<Kept> input(int index);

  /** What is kept of output {@code index}; empty if nothing of it goes. */
  Optional<Kept> output(int index);

  /** The integers that input {@code index} held when the network was probed. */
  long[] integers(int index);

  /** True if input {@code index} is a stored weight. */
  boolean isWeight(int index);

  /** Stores a one-dimensional INT64 weight and returns its name. */
  String constant(long... values);

  /**
   * The name of a value equal to {@code value} but with element {@code entry} now {@code number};
   * {@code value} itself where the element comes out so without help, computed at run time from the
   * shape of what has been cut.
   */
  String withEntry(String value, int entry, long number);

  /**
   * The name of a value equal to the floating-point value {@code value}, as it is after the cut,
   * times {@code factor}.
   */
  String times(String value, double factor);

  /**
   * Adds {@code node} before this one.
   *
   * @return what its only output is called now, which no other value is
   */
  String ahead(Node node);

  /**
   * Some slices along one axis.
   *
   * @param axis the axis, from the front
   * @param indices the indices kept, ascending
   * @param extent number of indices before the cut
   */
  record Kept(int axis, int[] indices, int extent) {

    /** Number of kept indices below {@code index}: where a kept index lands. */
    public int rank(int index) {
      int rank = 0;
      while (rank < indices.length && indices[rank] < index) {
        rank++;
      }
      return rank;
    }

    /** Number of indices kept. */
    public int count() {
      return indices.length;
    }
  }
}
