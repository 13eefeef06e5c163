package io.disassembler.recovery;

import io.disassembler.graph.Weight;
import io.disassembler.operator.Program;
import java.util.List;

/** A node of the sub-network whose weights are solved for when the images have come to it. */
interface Refit {

  /** Index of the node in the full network. */
  int step();

  /** Indices of its operands that are solved for. */
  int[] operands();

  /**
   * What these operands become, with the names and shapes that they have in the full network.
   *
   * @param runs both networks, before the node; the untouched one may be taken beyond it
   * @param small the node in the sub-network
   */
  List<Weight> solve(PairedRuns runs, Program.Step small);
}
