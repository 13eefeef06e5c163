package io.disassembler.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnrollerTest {
  private static final float[] X = {1, -2, 3, -4, 5, -6};

  /** In the first round r = -v, then r = v + x. */
  private static final NodeProto BRANCH =
      Models.node("If", "first", "r").toBuilder()
          .setName("branch")
          .addAttribute(graph("then_branch", body("", "o", Models.node("Neg", "v", "o"))))
          .addAttribute(graph("else_branch", body("", "o", Models.node("Add", "v x", "o"))))
          .build();

  @Test
  void roundsAndTheBranchesTheyTakeAreWrittenOut(@TempDir Path folder) throws Exception {
    GraphProto body =
        body(
            "i go v",
            "on r",
            Models.node("Equal", "i zero", "first"),
            BRANCH,
            Models.node("Identity", "go", "on"));
    ModelProto model = model(loop("three _ x", "y", body));

    Network network = assertSameOutput(model, folder);

    assertThat(operators(network))
        .filteredOn(name -> !name.equals("Constant"))
        .doesNotContain("If", "Loop");
    assertThat(operators(network))
        .filteredOn(List.of("Neg", "Add")::contains)
        .containsExactly("Neg", "Add", "Add");
  }

  @Test
  void sequencesThatRoundsCollectBecomeOneConcatenation(@TempDir Path folder) throws Exception {
    GraphProto body =
        body(
            "i go list v",
            "on longer next",
            Models.node("Mul", "v v", "next"),
            Models.node("SequenceInsert", "list next zero", "longer"),
            Models.node("Identity", "go", "on"));
    NodeProto concat =
        Models.node("ConcatFromSequence", "all", "rows").toBuilder()
            .addAttribute(integer("axis", 0))
            .build();
    ModelProto model =
        model(
            Models.node("SequenceEmpty", "_", "none").toBuilder().clearInput().build(),
            loop("three always none x", "all last", body),
            concat,
            Models.node("SequenceAt", "all minus", "oldest"),
            Models.node("ReduceSum", "rows axis", "sums"),
            Models.node("Add", "oldest sums", "y"));

    Network network = assertSameOutput(model, folder);

    assertThat(operators(network)).contains("Concat").noneMatch(name -> name.contains("Sequence"));
  }

  @Test
  void loopsThatTheImageSteersStay() {
    GraphProto ends =
        body("i go v", "on r", Models.node("Neg", "v", "r"), Models.node("Less", "i one", "on"));
    GraphProto forever =
        body("i go v", "on r", Models.node("Neg", "v", "r"), Models.node("Identity", "go", "on"));

    for (NodeProto loop :
        List.of(
            loop("three _ x", "y", ends),
            loop("_ always x", "y", forever),
            loop("computed _ x", "y", forever),
            loop("three computed x", "y", forever))) {
      Network network = Models.read(model(Models.node("Size", "x", "computed"), loop));
      assertThat(operators(network)).containsExactly("Size", "Loop");
    }
  }

  @Test
  void nodesWithoutOperandsAreLeftAsTheyAre() {
    NodeProto nothing = Models.node("Identity", "_", "on").toBuilder().clearInput().build();
    GraphProto body = body("i go v", "on r", Models.node("Neg", "v", "r"), nothing);
    NodeProto unnamed =
        Models.node("SequenceInsert", "none x", "_").toBuilder().clearOutput().build();
    NodeProto empty = Models.node("SequenceEmpty", "_", "none").toBuilder().clearInput().build();

    assertThat(operators(Models.read(model(empty, unnamed, loop("three _ x", "y", body)))))
        .containsExactly("SequenceEmpty", "SequenceInsert", "Loop");
  }

  @Test
  void loopsOfTooManyRoundsAreRefused() {
    GraphProto body =
        body("i go v", "on r", Models.node("Neg", "v", "r"), Models.node("Identity", "go", "on"));
    ModelProto.Builder model = model(loop("many _ x", "y", body)).toBuilder();
    model.getGraphBuilder().addInitializer(whole("many", List.of(), Long.MAX_VALUE));

    assertThatThrownBy(() -> Models.read(model.build()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("test.onnx: its loops come to more than 10000 nodes");
  }

  private static Network assertSameOutput(ModelProto model, Path folder) throws Exception {
    Path original = folder.resolve("original.onnx");
    Path unrolled = folder.resolve("unrolled.onnx");
    Files.write(original, model.toByteArray());
    Network network = Models.read(model);
    OnnxWriter.write(network, unrolled);

    assertThat(Runs.run(unrolled, X)).isEqualTo(Runs.run(original, X));
    return network;
  }

  private static List<String> operators(Network network) {
    return network.nodes().stream().map(Node::operator).toList();
  }

  private static ModelProto model(NodeProto... nodes) {
    ModelProto.Builder model = Models.of(nodes).toBuilder();
    model
        .getGraphBuilder()
        .addInitializer(whole("zero", List.of(), 0))
        .addInitializer(whole("one", List.of(), 1))
        .addInitializer(whole("minus", List.of(), -1))
        .addInitializer(whole("three", List.of(), 3))
        .addInitializer(whole("axis", List.of(1L), 0))
        .addInitializer(
            TensorProto.newBuilder()
                .setName("always")
                .setDataType(DataType.BOOL_VALUE)
                .addInt32Data(1));
    return model.build();
  }

  private static NodeProto loop(String inputs, String outputs, GraphProto body) {
    return Models.node("Loop", inputs, outputs).toBuilder()
        .setName("loop")
        .addAttribute(graph("body", body))
        .build();
  }

  /** A graph inside a node; types of what it takes are told from names. */
  private static GraphProto body(String inputs, String outputs, NodeProto... nodes) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("inside");
    Stream.of(inputs.split(" "))
        .filter(name -> !name.isEmpty())
        .map(UnrollerTest::typed)
        .forEach(graph::addInput);
    Stream.of(outputs.split(" ")).map(UnrollerTest::typed).forEach(graph::addOutput);
    return graph.addAllNode(List.of(nodes)).build();
  }

  private static ValueInfoProto typed(String name) {
    ValueInfoProto.Builder value = Models.value(name, 2, 3).toBuilder();
    switch (name) {
      case "i" -> scalar(value, DataType.INT64_VALUE);
      case "go", "on" -> scalar(value, DataType.BOOL_VALUE);
      case "list", "longer" ->
          value
              .getTypeBuilder()
              .getSequenceTypeBuilder()
              .getElemTypeBuilder()
              .getTensorTypeBuilder()
              .setElemType(DataType.FLOAT_VALUE);
      default -> {}
    }
    return value.build();
  }

  private static void scalar(ValueInfoProto.Builder value, int type) {
    value.getTypeBuilder().getTensorTypeBuilder().setElemType(type).getShapeBuilder().clearDim();
  }

  private static TensorProto whole(String name, List<Long> dims, long value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(DataType.INT64_VALUE)
        .addAllDims(dims)
        .addInt64Data(value)
        .build();
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  private static AttributeProto graph(String name, GraphProto value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.GRAPH)
        .setG(value)
        .build();
  }
}
