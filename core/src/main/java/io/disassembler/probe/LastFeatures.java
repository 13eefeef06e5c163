package io.disassembler.probe;

import io.disassembler.base.UnattainableException;
import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the feature map that a network's last layer with kernels reads. */
final class LastFeatures {
  private LastFeatures() {}

  /**
   * Its name; of branches that meet behind it, the first is followed.
   *
   * @throws UnattainableException if there is no such layer, or it reads no map N x C x h x w
   */
  static String of(Anatomy anatomy, String output) {
    Map<String, Integer> makers = new HashMap<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      for (String made : anatomy.node(step).outputs()) {
        makers.put(made, step);
      }
    }
    String value = output;
    for (Integer step = makers.get(value); step != null; step = makers.get(value)) {
      Node node = anatomy.node(step);
      String read = firstMap(anatomy, node);
      if (read == null) {
        break;
      }
      if (anatomy.kernels(step).isPresent()) {
        return read;
      }
      value = read;
    }
    throw new UnattainableException(
        "%s: no layer with kernels makes output '%s' from a feature map N x C x h x w, so that there is nothing to read categories from"
            .formatted(anatomy.network().name(), output));
  }

  private static @Nullable String firstMap(Anatomy anatomy, Node node) {
    for (String input : node.inputs()) {
      Shape shape = input.isEmpty() ? null : anatomy.probe().shapes().get(input);
      boolean weight = anatomy.network().weights().containsKey(input);
      if (shape != null && !weight && Layout.isMaps(shape.rank())) {
        return input;
      }
    }
    return null;
  }
}
