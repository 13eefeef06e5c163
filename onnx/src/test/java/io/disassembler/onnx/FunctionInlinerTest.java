package io.disassembler.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionInlinerTest {
  private static final float[] X = {1, -2, 3, -4, 5, -6};

  /** leaky(v) = LeakyRelu(Neg(v)), alpha from the call, 0.5 if it has none. */
  private static final FunctionProto LEAKY =
      function("leaky", "v", "r")
          .addNode(Models.node("Neg", "v", "t"))
          .addNode(withReference(Models.node("LeakyRelu", "t", "r"), "alpha", "slope"))
          .addAttributeProto(real("slope", 0.5f))
          .build();

  /** Clip(v, low, high) with both limits optional, then twice leaky. */
  private static final FunctionProto NESTED =
      function("nested", "v low high", "r first")
          .addAttribute("inner")
          .addNode(Models.node("Clip", "v low high", "t"))
          .addNode(withReference(own(Models.node("leaky", "t", "first")), "slope", "inner"))
          .addNode(own(Models.node("leaky", "first", "r")))
          .build();

  @Test
  void bodiesGiveWhatTheCallsGave(@TempDir Path folder) throws Exception {
    NodeProto first =
        own(Models.node("nested", "x _ high", "a _")).toBuilder()
            .setName("call")
            .addAttribute(real("inner", 0.25f))
            .build();
    NodeProto second = own(Models.node("nested", "x", "b first"));
    ModelProto.Builder model =
        model(first, second, Models.node("Sum", "a b first t", "y"), Models.node("Relu", "x", "t"))
            .addFunctions(NESTED)
            .addFunctions(LEAKY);
    model.getGraphBuilder().addInitializer(Models.floats(List.of(), 2).toBuilder().setName("high"));

    Network network = assertSameOutput(model.build(), folder);

    assertThat(network.opsets()).containsOnlyKeys("");
    assertThat(network.nodes())
        .extracting(Node::operator)
        .containsOnly("Clip", "Neg", "LeakyRelu", "Sum", "Relu");
    assertThat(network.nodes())
        .extracting(Node::name)
        .filteredOn(n -> !n.isEmpty())
        .doesNotHaveDuplicates();
    assertThat(network.nodes().get(0).outputs()).containsExactly("call/t");
  }

  @Test
  void graphsInsideBodiesSeeTheBodysValues(@TempDir Path folder) throws Exception {
    GraphProto then = branch("then", Models.node("Add", "t v", "o"));
    GraphProto otherwise = branch("else", own(Models.node("leaky", "t", "o")));
    NodeProto condition =
        Models.node("If", "positive", "r").toBuilder()
            .addAttribute(graph("then_branch", then))
            .addAttribute(graph("else_branch", otherwise))
            .build();
    FunctionProto choice =
        function("choice", "v", "r")
            .addNode(Models.node("Abs", "v", "t"))
            .addNode(
                Models.node("ReduceMax", "v", "max").toBuilder()
                    .addAttribute(integer("keepdims", 0)))
            .addNode(Models.node("Sub", "max max", "zero"))
            .addNode(Models.node("Greater", "max zero", "positive"))
            .addNode(condition)
            .build();
    ModelProto model =
        model(
                own(Models.node("choice", "x", "c")),
                Models.node("Neg", "t", "n"),
                Models.node("Abs", "x", "t"),
                own(Models.node("choice", "n", "d")),
                Models.node("Sub", "c d", "y"))
            .addFunctions(LEAKY)
            .addFunctions(choice)
            .build();

    assertSameOutput(model, folder);
  }

  @Test
  void outputsThatAreInputsAreCopied(@TempDir Path folder) throws Exception {
    FunctionProto pass =
        function("pass", "v w", "v w u u").addNode(Models.node("Neg", "v", "u")).build();
    ModelProto model =
        model(own(Models.node("pass", "x", "a b c d")), Models.node("Sum", "a c c d", "y"))
            .addFunctions(pass)
            .build();
    Path file = folder.resolve("model.onnx");

    Network network = Models.read(model);
    OnnxWriter.write(network, file);

    assertThat(network.nodes())
        .extracting(Node::operator)
        .containsExactly("Neg", "Identity", "Identity", "Sum");
    assertThat(Runs.run(file, 1, 2, 3, 4, 5, 6)).containsExactly(-2, -4, -6, -8, -10, -12);
  }

  @Test
  void overloadsAreToldApart() {
    FunctionProto other =
        LEAKY.toBuilder()
            .setOverload("other")
            .clearNode()
            .addNode(Models.node("Abs", "v", "r"))
            .build();
    NodeProto call = own(Models.node("leaky", "x", "y")).toBuilder().setOverload("other").build();

    Network network = Models.read(model(call).addFunctions(LEAKY).addFunctions(other).build());

    assertThat(network.nodes()).extracting(Node::operator).containsExactly("Abs");
  }

  @Test
  void operatorSetsOfBodiesJoinTheModels() {
    FunctionProto foreign =
        function("foreign", "v", "r")
            .addOpsetImport(Models.opset("com.microsoft", 1))
            .addNode(Models.node("Gelu", "v", "r").toBuilder().setDomain("com.microsoft"))
            .build();

    Network network =
        Models.read(model(own(Models.node("foreign", "x", "y"))).addFunctions(foreign).build());

    assertThat(network.opsets()).containsOnlyKeys("", "com.microsoft");
  }

  @Test
  void bodiesOfAnotherOpsetAreRefused() {
    FunctionProto older = LEAKY.toBuilder().setOpsetImport(0, Models.opset("", 15)).build();

    assertInvalid(
        model(own(Models.node("leaky", "x", "y"))).addFunctions(older),
        "function own.leaky uses opset 15 of ai.onnx, the model opset 17");
  }

  @Test
  void functionsThatCallThemselvesAreRefused() {
    FunctionProto ping =
        function("ping", "v", "r").addNode(own(Models.node("pong", "v", "r"))).build();
    FunctionProto pong =
        function("pong", "v", "r").addNode(own(Models.node("ping", "v", "r"))).build();

    assertInvalid(
        model(own(Models.node("ping", "x", "y"))).addFunctions(ping).addFunctions(pong),
        "function own.ping calls itself");
  }

  @Test
  void functionsThatMultiplyWithoutEndAreRefused() {
    ModelProto.Builder model = model(own(Models.node("f0", "x", "y")));
    for (int i = 0; i < 40; i++) {
      NodeProto next = own(Models.node("f" + (i + 1), "v", "t"));
      NodeProto again = own(Models.node("f" + (i + 1), "t", "r"));
      model.addFunctions(function("f" + i, "v", "r").addNode(next).addNode(again));
    }
    model.addFunctions(function("f40", "v", "r").addNode(Models.node("Relu", "v", "r")));

    assertInvalid(model, "its functions expand to more than 100000 nodes");
  }

  @Test
  void functionsDefinedTwiceAreRefused() {
    assertInvalid(
        model(Models.node("Relu", "x", "y")).addFunctions(LEAKY).addFunctions(LEAKY),
        "function own.leaky is defined twice");
  }

  private static Network assertSameOutput(ModelProto model, Path folder) throws Exception {
    Path original = folder.resolve("original.onnx");
    Path inlined = folder.resolve("inlined.onnx");
    // ONNX Runtime does not take nodes out of order.
    ModelProto.Builder sorted = model.toBuilder();
    List<NodeProto> nodes = NodeOrder.sort("model", model.getGraph().getNodeList());
    sorted.getGraphBuilder().clearNode().addAllNode(nodes);
    Files.write(original, sorted.build().toByteArray());
    Network network = Models.read(model);
    OnnxWriter.write(network, inlined);

    assertThat(ModelProto.parseFrom(Files.readAllBytes(inlined)).getFunctionsCount()).isZero();
    assertThat(Runs.run(inlined, X)).isEqualTo(Runs.run(original, X));
    return network;
  }

  private static void assertInvalid(ModelProto.Builder model, String cause) {
    assertThatThrownBy(() -> Models.read(model.build()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("test.onnx: ")
        .hasMessageContaining(cause);
  }

  private static ModelProto.Builder model(NodeProto... nodes) {
    return Models.of(nodes).toBuilder().addOpsetImport(Models.opset("own", 1));
  }

  private static FunctionProto.Builder function(String name, String inputs, String outputs) {
    return FunctionProto.newBuilder()
        .setDomain("own")
        .setName(name)
        .addAllInput(List.of(inputs.split(" ", -1)))
        .addAllOutput(List.of(outputs.split(" ", -1)))
        .addOpsetImport(Models.opset("", 17))
        .addOpsetImport(Models.opset("own", 1));
  }

  private static NodeProto own(NodeProto node) {
    return node.toBuilder().setDomain("own").build();
  }

  private static NodeProto withReference(NodeProto node, String attribute, String reference) {
    return node.toBuilder()
        .addAttribute(
            AttributeProto.newBuilder()
                .setName(attribute)
                .setType(AttributeType.FLOAT)
                .setRefAttrName(reference))
        .build();
  }

  private static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF(value)
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

  private static GraphProto branch(String name, NodeProto node) {
    return GraphProto.newBuilder()
        .setName(name)
        .addNode(node)
        .addOutput(Models.value(node.getOutput(0), 2, 3))
        .build();
  }
}
