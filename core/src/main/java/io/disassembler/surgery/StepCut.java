package io.disassembler.surgery;

import io.disassembler.channel.ChannelGroups;
import io.disassembler.channel.Channels;
import io.disassembler.engine.Probe;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.Operands;
import io.disassembler.selection.Selection;
import java.util.Optional;
import java.util.function.Function;

/** One node's view of the cut. */
final class StepCut implements ChannelCut {
  private final Network network;
  private final Probe probe;
  private final ChannelGroups groups;
  private final Selection selection;
  private final int step;
  private final Node original;
  private final Node sliced;
  private final Function<Weight, String> store;
  private final EntryRewriting entries;

  StepCut(
      Network network,
      Probe probe,
      ChannelGroups groups,
      Selection selection,
      int step,
      Node original,
      Node sliced,
      Function<Weight, String> store,
      EntryRewriting entries) {
    this.network = network;
    this.probe = probe;
    this.groups = groups;
    this.selection = selection;
    this.step = step;
    this.original = original;
    this.sliced = sliced;
    this.store = store;
    this.entries = entries;
  }

  @Override
  public Node node() {
    return sliced;
  }

  @Override
  public Operands before() {
    return new CutShapes(false);
  }

  @Override
  public Operands after() {
    return new CutShapes(true);
  }

  @Override
  public Optional<Kept> input(int index) {
    return kept(original.input(index));
  }

  @Override
  public Optional<Kept> output(int index) {
    return kept(original.outputs().get(index));
  }

  private Optional<Kept> kept(String value) {
    return groups.channels(value).flatMap(this::kept);
  }

  private Optional<Kept> kept(Channels channels) {
    int[] indices = selection.kept(channels);
    int extent = channels.groups().length;
    return indices.length == extent
        ? Optional.empty()
        : Optional.of(new Kept(channels.axis(), indices, extent));
  }

  @Override
  public long[] integers(int index) {
    return probe.integers(original.input(index));
  }

  @Override
  public boolean isWeight(int index) {
    return network.weights().containsKey(original.input(index));
  }

  @Override
  public String constant(long... values) {
    return store.apply(Weight.ofLongs(original.outputs().get(0) + "/constant", values));
  }

  @Override
  public String withEntry(String value, int entry, long number) {
    return entries.rewrite(value, entry, number);
  }

  private final class CutShapes implements Operands {
    private final boolean after;

    CutShapes(boolean after) {
      this.after = after;
    }

    @Override
    public int inputs() {
      return original.inputs().size();
    }

    @Override
    public boolean has(int index) {
      return !original.input(index).isEmpty();
    }

    @Override
    public Shape input(int index) {
      Shape shape = shape(original.input(index));
      for (Channels channels : groups.slices(step, index)) {
        shape = after ? ChannelCut.apply(shape, kept(channels)) : shape;
      }
      return shape;
    }

    @Override
    public Shape output(int index) {
      return shape(original.outputs().get(index));
    }

    private Shape shape(String value) {
      Shape shape = probe.shape(value);
      return after ? ChannelCut.apply(shape, kept(value)) : shape;
    }
  }
}
