package io.disassembler.selection;

import java.util.Optional;

/** How much errors matter that the loss of channels makes at the layers that read them. */
public interface ErrorWeights {

  /**
   * What an error of each kernel of a layer is multiplied with before it is squared.
   *
   * @param step the layer's place in the network
   * @return empty if the layer cannot be judged
   */
  Optional<double[]> of(int step);

  /**
   * True if weighted errors of different layers are in one unit, and can be added as they are;
   * otherwise each layer's error is taken relative to the variance of what it makes.
   */
  boolean inOneUnit();
}
