package io.disassembler.selection;

import io.disassembler.base.Stable;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Weight;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Counts what selections cost, at the input shape that the network was probed with. */
@Stable
public final class Costing {
  private Costing() {}

  /** The cost of a network as it is. */
  public static Cost of(Anatomy anatomy) {
    return of(anatomy, Selection.all(anatomy.groups()));
  }

  /** The cost of what {@code selection} leaves of a network. */
  public static Cost of(Anatomy anatomy, Selection selection) {
    long macs = 0;
    long parameters = 0;
    Set<String> stored = new HashSet<>();
    for (int step = 0; step < anatomy.steps(); step++) {
      KeptShapes shapes = new KeptShapes(anatomy, selection, step);
      macs += anatomy.step(step).operator().macs(shapes);
      for (int input = 0; input < shapes.inputs(); input++) {
        Optional<Weight> weight = anatomy.weight(step, input);
        if (weight.isEmpty() || !weight.get().type().isFloating()) {
          continue;
        }
        StringBuilder key = new StringBuilder(weight.get().name());
        for (Channels channels : anatomy.groups().slices(step, input)) {
          key.append('/').append(channels.axis()).append(selection.key(channels));
        }
        if (stored.add(key.toString())) {
          parameters += shapes.input(input).elements();
        }
      }
    }
    return new Cost(parameters, macs);
  }
}
