package io.disassembler.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeOrderTest {
  private final NodeProto a = Models.node("Relu", "x", "a");
  private final NodeProto b = Models.node("Relu", "x", "b");
  private final NodeProto sum = Models.node("Add", "a b", "y");

  @Test
  void nodesInOrderStay() {
    assertThat(NodeOrder.sort("f", List.of(b, a, sum))).containsExactly(b, a, sum);
  }

  @Test
  void readersComeRightAfterWhatTheyWaitFor() {
    NodeProto unrelated = Models.node("Relu", "x", "c");

    assertThat(NodeOrder.sort("f", List.of(sum, b, a, unrelated)))
        .containsExactly(b, a, sum, unrelated);
  }

  @Test
  void graphsInsideNodesCountAsReaders() {
    GraphProto body =
        GraphProto.newBuilder()
            .addNode(Models.node("Relu", "a", "inner"))
            .addOutput(Models.value("inner"))
            .build();
    NodeProto loop =
        Models.node("Loop", "x", "l").toBuilder()
            .addAttribute(
                AttributeProto.newBuilder().setName("body").setType(AttributeType.GRAPH).setG(body))
            .build();

    assertThat(NodeOrder.sort("f", List.of(loop, a))).containsExactly(a, loop);
  }

  @Test
  void unorderedFilesAreRead() {
    assertThat(Models.read(Models.of(sum, a, b)).nodes())
        .extracting(Node::operator)
        .containsExactly("Relu", "Relu", "Add");
  }

  @Test
  void cyclesAreRefusedByName() {
    NodeProto back = Models.node("Relu", "y", "b").toBuilder().setName("back").build();

    assertThatThrownBy(() -> Models.read(Models.of(a, sum, back)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("test.onnx: the nodes 'Add -> y', 'back' form a cycle");
    assertThatThrownBy(() -> Models.read(Models.of(Models.node("Add", "x y", "y"))))
        .hasMessageContaining("'Add -> y' form a cycle");
  }
}
