package io.disassembler.boundary;

import io.disassembler.graph.Boundary;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Network;
import io.disassembler.graph.Value;

/** Gives a network the form of the file that it came from. */
public final class FileForm {
  private FileForm() {}

  /**
   * {@code network} with changed weights rounded to what its file can hold, with scales that suit
   * them; itself where the file holds them as they are.
   */
  public static Network settled(Network network) {
    return network.boundary().quantized().isEmpty()
        ? network
        : new IntegerSettling(network).settled();
  }

  /** {@code worked} as it is written; itself where its file is as everything works with it. */
  public static Network of(Network worked) {
    Network network = IntegerWriting.integers(settled(worked));
    Boundary boundary = network.boundary();
    if (boundary.equals(Boundary.PLAIN)) {
      return network;
    }
    Layout out = boundary.output();
    Network floats = FloatWidth.restored(network);
    Network scored =
        out == out.plain()
            ? floats
            : new OutputEnd(floats)
                .turned(new Turn(AxisOrder.of(out.plain()), AxisOrder.of(out)), AxisOrder.of(out));
    Value input = scored.inputs().get(0);
    ElementType pixels = boundary.pixels() == ElementType.FLOAT ? input.type() : boundary.pixels();
    return new InputEnd(scored, input)
            .turned(
                new Turn(AxisOrder.of(boundary.input().plain()), AxisOrder.of(boundary.input())),
                pixels)
            .toBuilder()
            .boundary(Boundary.PLAIN)
            .build();
  }
}
