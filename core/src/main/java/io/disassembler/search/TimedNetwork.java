package io.disassembler.search;

import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.graph.Network;
import io.disassembler.onnx.TemporaryModel;

/** A network in ONNX Runtime, to be timed. */
final class TimedNetwork implements AutoCloseable {
  private final TemporaryModel file;
  private final OnnxRuntimeModel model;

  TimedNetwork(Network network, int threads) {
    file = TemporaryModel.of(network);
    try {
      model = OnnxRuntimeModel.open(file.file(), threads, network.boundary(), null);
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  OnnxRuntimeModel model() {
    return model;
  }

  @Override
  public void close() {
    model.close();
    file.close();
  }
}
