package io.disassembler.explanation;

import io.disassembler.attribution.DecisionScores;
import io.disassembler.attribution.Decisions;
import io.disassembler.attribution.Logits;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.cut.Cutter;
import io.disassembler.engine.Crew;
import io.disassembler.extraction.Extraction;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.principal.Basis;
import io.disassembler.recovery.Recovery;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Evidence;
import io.disassembler.selection.PredictedHarm;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds out where the quality of sub-networks went, on images. */
public final class Explainer {
  private final Extraction extraction;
  private final List<Map<String, Weight>> images;

  /** Is told about progress. */
  public interface Listener {
    /** So many of so many families have been cut alone. */
    void cut(int done, int of);
  }

  /**
   * @param extraction made the sub-networks
   * @param images inputs of the network in batches: a tensor for every graph input, by name; N x C
   *     x H x W; at least one
   */
  public Explainer(Extraction extraction, List<Map<String, Weight>> images) {
    this.extraction = extraction;
    this.images = List.copyOf(images);
  }

  /** Where the quality of {@code made}, a sub-network for {@code chosen}, went. */
  public Explanation explain(Extraction.SubNetwork made, List<Integer> chosen, Listener listener) {
    Basis basis = made.basis();
    Anatomy anatomy = basis.anatomy();
    Selection selection = made.selection();
    Logits logits = Logits.of(anatomy);
    DecisionScores scores =
        DecisionScores.of(chosen, logits.categories(), extraction.card().independent());
    double[] predicted =
        PredictedHarm.of(anatomy, new Evidence(basis.profile(), images), chosen)
            .ofFamilies(selection);
    try (Crew crew = anatomy.crew(1)) {
      Decisions decisions = new Decisions(anatomy, logits, scores, images, crew);
      Anatomy full = extraction.anatomy();
      Decisions whole =
          basis.resolution() == 1
              ? decisions
              : new Decisions(full, Logits.of(full), scores, images, crew);
      List<Lost> cut = Lost.of(anatomy, selection);
      List<Explanation.Family> families = new ArrayList<>();
      for (Lost lost : cut) {
        families.add(
            new Explanation.Family(
                anatomy.node(lost.steps().first()).outputs().get(0),
                lost.steps().size(),
                lost.of() - lost.groups().cardinality(),
                lost.of(),
                predicted[lost.family()],
                decisions.divergence(alone(basis, lost.groups()), crew)));
        listener.cut(families.size(), cut.size());
      }
      return new Explanation(
          Math.toIntExact(
              images.stream()
                  .mapToLong(batch -> batch.values().iterator().next().shape().dimension(0))
                  .sum()),
          basis.resolution() == 1 ? 0 : whole.divergence(anatomy.network(), crew),
          families,
          whole.divergence(made.headless(), crew),
          new LayerErrors(anatomy, selection, made.headless()).over(images, crew));
    }
  }

  /** The network without some groups, after ridge recovery. */
  private static Network alone(Basis basis, BitSet groups) {
    Anatomy anatomy = basis.anatomy();
    BitSet kept = Selection.all(anatomy.groups()).kept();
    kept.andNot(groups);
    Selection without = Selection.of(anatomy.groups(), kept);
    return Cutter.cut(
        Recovery.recover(anatomy, without, basis.profile(), RecoveryMethod.RIDGE), without);
  }

  /**
   * What a family loses.
   *
   * @param steps the layers that have kernels in the family
   * @param groups its groups that are not kept, at least one
   * @param of how many groups it has
   */
  private record Lost(int family, TreeSet<Integer> steps, BitSet groups, int of) {

    /** Of every family that loses something, in the order in which their first layers run. */
    static List<Lost> of(Anatomy anatomy, Selection selection) {
      Map<Integer, List<ChannelGroup>> families =
          anatomy.groups().groups().stream().collect(Collectors.groupingBy(ChannelGroup::family));
      List<Lost> all = new ArrayList<>();
      families.forEach(
          (family, groups) -> {
            TreeSet<Integer> steps = new TreeSet<>();
            BitSet lost = new BitSet();
            for (ChannelGroup group : groups) {
              group.kernels().forEach(kernel -> steps.add(kernel.step()));
              lost.set(group.id(), !selection.keeps(group.id()));
            }
            if (!lost.isEmpty()) {
              all.add(new Lost(family, steps, lost, groups.size()));
            }
          });
      all.sort(Comparator.comparing(lost -> lost.steps().first()));
      return all;
    }
  }
}
