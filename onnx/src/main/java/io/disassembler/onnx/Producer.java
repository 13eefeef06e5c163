package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.disassembler.graph.Network;

/**
 * What a file says of who made it (ONNX: producer_name, producer_version, doc_string).
 *
 * @param name of the program
 * @param version of the program
 * @param description of the network, for people
 */
public record Producer(String name, String version, String description) {

  /** The same network, made by this producer. */
  public Network of(Network network) {
    ModelProto model =
        Leftovers.parse(ModelProto.parser(), network.modelExtra()).toBuilder()
            .setProducerName(name)
            .setProducerVersion(version)
            .setDocString(description)
            .build();
    return network.toBuilder().extras(Leftovers.of(model), network.graphExtra()).build();
  }
}
