package io.disassembler.extraction;

import io.disassembler.base.Stable;
import io.disassembler.data.CategoryMapping;
import io.disassembler.graph.Network;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes the weights of a sub-network that is cut and recovered so that it decides more like the
 * full network. Training lies above this module, so it is asked for by this interface
 * (docs/adr/0011-tuning-from-above.md).
 */
@Stable
@FunctionalInterface
public interface Tuner {

  /**
   * Tunes a sub-network.
   *
   * @param earlier what was done when the sub-network was first made, to do it again; null for the
   *     first time
   * @throws io.disassembler.base.InvalidInputException if it cannot be done, or not again
   */
  Tuned tune(Untuned network, @Nullable Tuning earlier);

  /**
   * What is tuned.
   *
   * @param headless the cut network, with the outputs of the full one
   * @param mapping from the full network's categories to the sub-network's
   * @param balance finds, for a network with the outputs of {@code headless}, one constant for each
   *     chosen category that its head will add to the outputs; none if it adds nothing
   */
  record Untuned(
      Network headless, CategoryMapping mapping, Function<Network, List<Double>> balance) {}

  /**
   * What came of it.
   *
   * @param headless the same network with other weights
   */
  record Tuned(Network headless, Tuning tuning) {}
}
