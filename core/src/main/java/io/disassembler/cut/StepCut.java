package io.disassembler.cut;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.Operands;
import io.disassembler.selection.KeptShapes;
import io.disassembler.selection.Selection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/** One node's view of the cut. */
final class StepCut implements ChannelCut {
  private final Anatomy anatomy;
  private final Selection selection;
  private final int step;
  private final Node original;
  private final Node sliced;
  private final Function<Weight, String> store;
  private final EntryRewriting entries;
  private final ObjIntConsumer<Node> emit;

  StepCut(
      Anatomy anatomy,
      Selection selection,
      int step,
      Node sliced,
      Function<Weight, String> store,
      EntryRewriting entries,
      ObjIntConsumer<Node> emit) {
    this.anatomy = anatomy;
    this.selection = selection;
    this.step = step;
    this.original = anatomy.step(step).node();
    this.sliced = sliced;
    this.store = store;
    this.entries = entries;
    this.emit = emit;
  }

  @Override
  public Node node() {
    return sliced;
  }

  @Override
  public Operands before() {
    return anatomy.shapes(step);
  }

  @Override
  public Operands after() {
    return new KeptShapes(anatomy, selection, step);
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
    return anatomy.groups().channels(value).flatMap(this::kept);
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
    return anatomy.probe().integers(original.input(index));
  }

  @Override
  public boolean isWeight(int index) {
    return anatomy.weight(step, index).isPresent();
  }

  @Override
  public String constant(long... values) {
    return store.apply(Weight.ofLongs(original.outputs().get(0) + "/constant", values));
  }

  @Override
  public String times(String value, double factor) {
    String factors =
        store.apply(
            Weight.ofFloats(
                original.outputs().get(0) + "/factor", Shape.of(), new float[] {(float) factor}));
    return ahead(
        Node.of(
            original.outputs().get(0) + "/times",
            "Mul",
            List.of(value, factors),
            List.of(original.outputs().get(0) + "/times"),
            Map.of()));
  }

  @Override
  public String ahead(Node node) {
    String made = node.outputs().get(0);
    while (anatomy.network().producer(made).isPresent()) {
      made += "_";
    }
    emit.accept(node.withOutputs(List.of(made)), step);
    return made;
  }

  @Override
  public String withEntry(String value, int entry, long number) {
    return entries.rewrite(step, value, entry, number);
  }
}
