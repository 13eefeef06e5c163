package io.disassembler.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Changes values of JSON, whatever it says: types, numbers, texts, keys, lengths of lists. */
final class JsonMutator {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int LONG = 4000;

  private JsonMutator() {}

  /** {@code root} with one to three values changed. */
  static JsonNode mutant(JsonNode root, RandomGenerator random) {
    JsonNode copy = root.deepCopy();
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      List<ContainerNode<?>> all = new ArrayList<>();
      gather(copy, all);
      if (all.isEmpty()) {
        return value(copy, random);
      }
      change(Damage.pick(all, random), random);
    }
    return random.nextInt(200) == 0 ? value(copy, random) : copy;
  }

  private static void gather(JsonNode node, List<ContainerNode<?>> all) {
    if (node instanceof ContainerNode<?> container && !container.isEmpty()) {
      all.add(container);
      container.forEach(inner -> gather(inner, all));
    }
  }

  private static void change(ContainerNode<?> container, RandomGenerator random) {
    if (container instanceof ObjectNode object) {
      Map.Entry<String, JsonNode> entry = Damage.pick(List.copyOf(object.properties()), random);
      switch (random.nextInt(6)) {
        case 0 -> object.remove(entry.getKey());
        case 1 -> {
          object.remove(entry.getKey());
          object.set(entry.getKey() + Damage.text(random), entry.getValue());
        }
        default -> object.set(entry.getKey(), value(entry.getValue(), random));
      }
    } else if (container instanceof ArrayNode array) {
      int at = random.nextInt(array.size());
      switch (random.nextInt(6)) {
        case 0 -> array.remove(at);
        case 1 -> array.insert(at, array.get(at).deepCopy());
        case 2 -> {
          // Long lists of long lists would not fit into memory.
          for (int i = LONG / array.get(at).toString().length(); i > 0; i--) {
            array.add(array.get(at));
          }
        }
        default -> array.set(at, value(array.get(at), random));
      }
    }
  }

  private static JsonNode value(JsonNode old, RandomGenerator random) {
    return switch (random.nextInt(10)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2, 3 -> NODES.numberNode(Damage.whole(random));
      case 4 -> NODES.numberNode(Damage.real(random));
      case 5 -> NODES.textNode(Damage.text(random));
      case 6 -> NODES.arrayNode();
      case 7 -> NODES.objectNode();
      case 8 -> NODES.arrayNode().add(old);
      default -> old.isNumber() ? NODES.numberNode(old.asLong() + 1) : NODES.textNode(old.asText());
    };
  }
}
