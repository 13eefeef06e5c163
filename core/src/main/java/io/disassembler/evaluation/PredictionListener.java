package io.disassembler.evaluation;

/** Sees what networks predict, image by image. */
@FunctionalInterface
public interface PredictionListener {

  /**
   * Called for each network and each image, in this order for each image.
   *
   * @param network the network's place among those compared with the reference, from 0
   * @param prediction what both predict; its arrays are not reused
   */
  void predicted(int network, NetworkPrediction prediction);
}
