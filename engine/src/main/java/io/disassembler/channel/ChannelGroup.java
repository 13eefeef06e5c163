package io.disassembler.channel;

import io.disassembler.base.Stable;
import java.util.List;

/**
 * Channels that live and die together, and can be removed.
 *
 * @param id position among the network's groups
 * @param family groups of one family appear in exactly the same values, such as the channels of one
 *     layer; a network needs at least one group of each family
 * @param kernels the kernels that make the channels
 */
@Stable
public record ChannelGroup(int id, int family, List<Kernel> kernels) {

  public ChannelGroup {
    kernels = List.copyOf(kernels);
  }

  /**
   * One kernel.
   *
   * @param step index of the node among the program's steps
   * @param index position among the node's kernels
   */
  public record Kernel(int step, int index) {}
}
