package io.disassembler.extraction;

import io.disassembler.attribution.DecisionScores;
import io.disassembler.attribution.Decisions;
import io.disassembler.attribution.Logits;
import io.disassembler.channel.Anatomy;
import io.disassembler.engine.Crew;
import io.disassembler.graph.Cost;
import io.disassembler.graph.Weight;
import io.disassembler.resolution.WorkingResolution;
import io.disassembler.selection.Costing;
import io.disassembler.selection.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far the decisions of the whole network diverge at lower resolutions, each measured once. */
final class ResolutionLoss {
  /** With 8, one image that is decided otherwise can make a resolution look twice as bad. */
  private static final int IMAGES = 16;

  private final Anatomy full;
  private final List<Integer> categories;
  private final boolean independent;
  private final List<Map<String, Weight>> images;
  private final Map<Double, Optional<Double>> measured = new LinkedHashMap<>();

  /** The full network's, once a resolution is compared with them. */
  private @Nullable Decisions decisions;

  /**
   * @param evidence with images
   */
  ResolutionLoss(Anatomy full, Evidence evidence, List<Integer> categories) {
    this.full = full;
    this.categories = List.copyOf(categories);
    independent = evidence.profile().header().independent();
    images = some(evidence.images());
    measured.put(1.0, Optional.of(0.0));
  }

  private static List<Map<String, Weight>> some(List<Map<String, Weight>> batches) {
    List<Map<String, Weight>> some = new ArrayList<>();
    long taken = 0;
    for (Map<String, Weight> batch : batches) {
      if (taken < IMAGES) {
        some.add(batch);
        taken += batch.values().iterator().next().shape().dimension(0);
      }
    }
    return some;
  }

  /** Cost of the full network, of which budgets are shares. */
  Cost full() {
    return Costing.of(full);
  }

  /** Divergence at {@code scale}, nats per image; empty if the network cannot work at it. */
  Optional<Double> at(double scale) {
    return measured.computeIfAbsent(
        scale, missing -> WorkingResolution.of(full, missing).map(this::divergence));
  }

  private double divergence(Anatomy low) {
    try (Crew crew = full.crew(1)) {
      if (decisions == null) {
        Logits logits = Logits.of(full);
        decisions =
            new Decisions(
                full,
                logits,
                DecisionScores.of(categories, logits.categories(), independent),
                images,
                crew);
      }
      return decisions.divergence(low.network(), crew);
    }
  }
}
