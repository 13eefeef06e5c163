package io.disassembler.channel;

import io.disassembler.channel.ChannelGroups.Slot;
import io.disassembler.engine.Probe;
import io.disassembler.graph.Node;
import io.disassembler.graph.Value;
import io.disassembler.operator.Labels;
import io.disassembler.operator.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Walks through a program, lets every operator unite its channels, and reads off the groups. */
final class Coupling {
  /** Why what the network puts out is never removed. */
  static final String OUTPUT = "an output of the network";

  private static final String SINGLE = "a single channel";

  final Program program;
  final Probe probe;
  final UnionFind sets = new UnionFind();
  final Map<String, Labels> values = new LinkedHashMap<>();
  final Map<Slot, Labels> constants = new LinkedHashMap<>();
  final Map<Integer, ChannelGroup.Kernel> kernels = new LinkedHashMap<>();
  private final Map<Slot, List<Slice>> slices = new LinkedHashMap<>();

  private record Slice(int axis, int[] labels) {}

  Coupling(Program program, Probe probe) {
    this.program = program;
    this.probe = probe;
    sets.add(); // Labels.NONE
    sets.pin(Labels.NONE, "no kernel makes it");
  }

  void slice(Slot slot, int axis, int[] labels) {
    slices.computeIfAbsent(slot, key -> new ArrayList<>()).add(new Slice(axis, labels.clone()));
  }

  ChannelGroups groups() {
    for (Value input : program.network().inputs()) {
      values.put(input.name(), Labels.constant(probe.shape(input.name()), Labels.NONE));
    }
    for (int step = 0; step < program.steps().size(); step++) {
      new StepFlow(this, step).follow();
    }
    for (Value output : program.network().outputs()) {
      Labels labels = values.get(output.name());
      if (labels != null) {
        for (int label : labels.values()) {
          sets.pin(label, OUTPUT);
        }
      }
    }
    straighten();
    return read();
  }

  /** Unites channels until every tensor's channels lie along one axis, so that it can be sliced. */
  private void straighten() {
    List<Labels> all = new ArrayList<>(values.values());
    all.addAll(constants.values());
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Labels labels : all) {
        changed |= varying(labels.map(sets::find)) > 1;
        straightened(labels);
      }
    }
    for (Labels labels : all) {
      Labels current = labels.map(sets::find);
      if (varying(current) == 0) {
        pinWhole(current.values()[0], "");
      }
    }
  }

  /** Never removes a label that is the only one of a value; {@code place} says where. */
  void pinWhole(int label, String place) {
    if (label != Labels.NONE && sets.reason(label) == null) {
      int root = sets.find(label);
      Set<Integer> makers = new HashSet<>();
      boolean several =
          kernels.entrySet().stream()
              .filter(entry -> sets.find(entry.getKey()) == root)
              .anyMatch(entry -> !makers.add(entry.getValue().step()));
      sets.pin(label, place + (several ? "all of its channels could only go together" : SINGLE));
    }
  }

  /** The labels after uniting elements until they differ along one axis at most. */
  Labels straightened(Labels labels) {
    Labels current = labels.map(sets::find);
    if (varying(current) > 1) {
      int axis = channelAxis(current);
      if (axis >= 0) {
        uniteAcross(current, axis);
      } else {
        int first = current.values()[0];
        for (int label : current.values()) {
          unite(first, label, () -> "it shares a tensor with what is no channel");
        }
      }
    }
    return current.map(sets::find);
  }

  private static int varying(Labels labels) {
    int count = 0;
    for (int axis = 0; axis < labels.shape().rank(); axis++) {
      count += labels.varies(axis) ? 1 : 0;
    }
    return count;
  }

  /**
   * The longest axis along which no two slices are the same, but for those of no channel, such as
   * the image's; negative if there is none. Channels that a pixel shuffle has spread over rows come
   * round again every few rows: rows are no channel axis.
   */
  private static int channelAxis(Labels labels) {
    int best = -1;
    for (int axis = 0; axis < labels.shape().rank(); axis++) {
      if (labels.varies(axis)
          && (best < 0 || labels.shape().dimension(axis) > labels.shape().dimension(best))
          && slicesDiffer(labels, axis)) {
        best = axis;
      }
    }
    return best;
  }

  private static boolean slicesDiffer(Labels labels, int axis) {
    int[] grid = labels.values();
    int extent = Math.toIntExact(labels.grid().dimension(axis));
    int inner = 1;
    for (int i = axis + 1; i < labels.grid().rank(); i++) {
      inner *= Math.toIntExact(labels.grid().dimension(i));
    }
    long[] hashes = new long[extent];
    for (int i = 0; i < grid.length; i++) {
      int index = i / inner % extent;
      hashes[index] = hashes[index] * 1_000_003 + grid[i];
    }
    long[] slices = Arrays.stream(hashes).filter(hash -> hash != Labels.NONE).toArray();
    return slices.length > 1 && Arrays.stream(slices).distinct().count() == slices.length;
  }

  private static int longestVarying(Labels labels) {
    int best = -1;
    for (int axis = 0; axis < labels.shape().rank(); axis++) {
      if (labels.varies(axis)
          && (best < 0 || labels.shape().dimension(axis) > labels.shape().dimension(best))) {
        best = axis;
      }
    }
    return best;
  }

  /** Unites all elements that share an index along {@code axis}; returns the labels along it. */
  int[] uniteAcross(Labels labels, int axis) {
    int[] grid = labels.values();
    int extent = Math.toIntExact(labels.grid().dimension(axis));
    int inner = 1;
    for (int i = axis + 1; i < labels.grid().rank(); i++) {
      inner *= Math.toIntExact(labels.grid().dimension(i));
    }
    int[] first = new int[extent];
    boolean[] seen = new boolean[extent];
    for (int i = 0; i < grid.length; i++) {
      int index = i / inner % extent;
      if (!seen[index]) {
        seen[index] = true;
        first[index] = grid[i];
      } else {
        unite(first[index], grid[i], () -> "it shares a slice with what is no channel");
      }
    }
    int[] along = new int[Math.toIntExact(labels.shape().dimension(axis))];
    for (int i = 0; i < along.length; i++) {
      along[i] = first[extent == 1 ? 0 : i];
    }
    return along;
  }

  /** Unites two labels; what is united with no channel can never go. */
  void unite(int first, int second, Supplier<String> reason) {
    if (first == Labels.NONE || second == Labels.NONE) {
      int other = Math.max(first, second);
      if (other != Labels.NONE && sets.reason(other) == null) {
        sets.pin(other, reason.get());
      }
    } else {
      sets.unite(first, second);
    }
  }

  /**
   * Why what {@code node} reads is never removed, by the nearest value before it of which a kernel
   * that stays is known; empty if there is none.
   */
  Optional<String> pinBefore(Node node) {
    return Upstream.nearest(
        program.network(),
        node,
        value -> Optional.ofNullable(values.get(value)).flatMap(this::pin));
  }

  /** Why any of {@code labels} is never removed. */
  private Optional<String> pin(Labels labels) {
    for (int label : labels.values()) {
      String reason = label == Labels.NONE ? null : sets.reason(label);
      if (reason != null) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }

  private ChannelGroups read() {
    Map<Integer, List<ChannelGroup.Kernel>> members = new LinkedHashMap<>();
    kernels.forEach(
        (label, kernel) -> {
          int root = sets.find(label);
          if (sets.reason(root) == null) {
            members.computeIfAbsent(root, key -> new ArrayList<>()).add(kernel);
          }
        });
    Map<Integer, Integer> ids = new HashMap<>();
    members.keySet().forEach(root -> ids.put(root, ids.size()));
    Map<String, Channels> channels = new LinkedHashMap<>();
    values.forEach(
        (name, labels) -> {
          Channels found = channels(labels, ids);
          if (found != null) {
            channels.put(name, found);
          }
        });
    Map<Slot, List<Channels>> sliced = new LinkedHashMap<>();
    slices.forEach(
        (slot, list) ->
            list.forEach(slice -> add(sliced, slot, channels(slice.axis(), slice.labels(), ids))));
    constants.forEach(
        (slot, labels) -> {
          Channels found = channels(labels, ids);
          if (found != null) {
            add(sliced, slot, found);
          }
        });
    List<List<String>> appearances = appearances(channels, ids.size());
    Map<List<String>, Integer> families = new HashMap<>();
    List<ChannelGroup> groups = new ArrayList<>();
    for (List<ChannelGroup.Kernel> list : members.values()) {
      int id = groups.size();
      int family = families.computeIfAbsent(appearances.get(id), key -> families.size());
      groups.add(new ChannelGroup(id, family, list));
    }
    return new ChannelGroups(groups, families.size(), channels, sliced, pins());
  }

  private static void add(Map<Slot, List<Channels>> sliced, Slot slot, Channels channels) {
    if (channels.removable() > 0) {
      sliced.computeIfAbsent(slot, key -> new ArrayList<>()).add(channels);
    }
  }

  private @Nullable Channels channels(Labels labels, Map<Integer, Integer> ids) {
    Labels current = labels.map(sets::find);
    int axis = longestVarying(current);
    if (axis < 0) {
      return null;
    }
    Channels channels = channels(axis, current.along(axis), ids);
    return channels.removable() > 0 ? channels : null;
  }

  private Channels channels(int axis, int[] labels, Map<Integer, Integer> ids) {
    int[] groups = new int[labels.length];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = ids.getOrDefault(sets.find(labels[i]), Channels.FIXED);
    }
    return new Channels(axis, groups);
  }

  private static List<List<String>> appearances(Map<String, Channels> values, int groups) {
    List<List<String>> appearances = new ArrayList<>();
    for (int id = 0; id < groups; id++) {
      appearances.add(new ArrayList<>());
    }
    values.forEach(
        (name, channels) -> {
          for (int group : channels.groups()) {
            if (group != Channels.FIXED) {
              List<String> list = appearances.get(group);
              if (list.isEmpty() || !list.get(list.size() - 1).equals(name)) {
                list.add(name);
              }
            }
          }
        });
    return appearances;
  }

  private Map<String, String> pins() {
    Map<String, String> pins = new LinkedHashMap<>();
    values.forEach(
        (value, labels) -> pin(labels).ifPresent(reason -> pins.putIfAbsent(value, reason)));
    return pins;
  }
}
