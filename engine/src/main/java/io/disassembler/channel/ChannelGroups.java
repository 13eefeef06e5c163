package io.disassembler.channel;

import io.disassembler.base.Stable;
import io.disassembler.engine.Probe;
import io.disassembler.operator.Program;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which channels of a network live and die together.
 *
 * @param groups the removable groups, numbered from 0
 * @param families number of families
 * @param values per value: its channel axis and the group of each channel; a value without
 *     removable channels is absent
 * @param slices per weight operand: the axes that follow channels
 * @param pins why channels of a value are never removed, by value
 */
@Stable
public record ChannelGroups(
    List<ChannelGroup> groups,
    int families,
    Map<String, Channels> values,
    Map<Slot, List<Channels>> slices,
    Map<String, String> pins) {

  public ChannelGroups {
    groups = List.copyOf(groups);
    values = Map.copyOf(values);
    slices = Map.copyOf(slices);
    pins = Collections.unmodifiableMap(new LinkedHashMap<>(pins));
  }

  /**
   * An operand of a node.
   *
   * @param step index of the node among the program's steps
   * @param input index of the operand
   */
  public record Slot(int step, int input) {}

  /** Traces the channels of {@code program}, whose values {@code probe} has seen. */
  public static ChannelGroups of(Program program, Probe probe) {
    return new Coupling(program, probe).groups();
  }

  /** The channels of {@code value}; empty if none can be removed. */
  public Optional<Channels> channels(String value) {
    return Optional.ofNullable(values.get(value));
  }

  /** The axes of operand {@code input} of node {@code step} that follow channels. */
  public List<Channels> slices(int step, int input) {
    return slices.getOrDefault(new Slot(step, input), List.of());
  }
}
