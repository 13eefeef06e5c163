import io.disassembler.graph.Attribute;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Value;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes a network of logits one of probabilities, without a native library: MODEL OUTPUT. */
public class OnnxSurgery {
  public static void main(String[] arguments) {
    Network network = OnnxReader.read(Path.of(arguments[0]));
    Map<String, Long> operators =
        network.nodes().stream()
            .collect(Collectors.groupingBy(Node::operator, TreeMap::new, Collectors.counting()));
    System.out.printf("%s, %d parameters%n", operators, network.parameters());

    Network edited = withProbabilities(network);
    OnnxWriter.write(edited, Path.of(arguments[1]));

    Network written = OnnxReader.read(Path.of(arguments[1]));
    System.out.printf(
        "%s -> %s, %d nodes more, edited by %s%n",
        network.outputs().get(0).name(),
        written.outputs().get(0).name(),
        written.nodes().size() - network.nodes().size(),
        written.metadata().get("edited-by"));
  }

  /** The network with a softmax over the categories at its end. */
  private static Network withProbabilities(Network network) {
    Value logits = network.outputs().get(0);
    Node softmax =
        Node.of(
            "probabilities",
            "Softmax",
            List.of(logits.name()),
            List.of("probabilities"),
            Map.of("axis", new Attribute.Int(1)));
    Value probabilities =
        new Value("probabilities", logits.type(), logits.dimensions(), logits.extra());
    return network.toBuilder()
        .node(softmax)
        .outputs(List.of(probabilities))
        .metadata("edited-by", "OnnxSurgery")
        .build();
  }
}
