package io.disassembler.extraction;

import io.disassembler.attribution.DecisionScores;
import io.disassembler.attribution.Decisions;
import io.disassembler.attribution.Logits;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.UnattainableException;
import io.disassembler.channel.Anatomy;
import io.disassembler.engine.Crew;
import io.disassembler.graph.Weight;
import io.disassembler.principal.Basis;
import io.disassembler.resolution.WorkingResolution;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Evidence;
import io.disassembler.selection.HarmRanking;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The resolutions at which little is lost within a budget (docs/architecture.md, "Resolution"):
 * what the whole network's decisions lose there, measured, and what is predicted of the channels
 * that have to go there all the same, both in nats. How much more than predicted the loss of
 * channels costs differs from network to network, so that more than one resolution may be worth a
 * trial.
 */
final class Resolutions {
  /** Shares of each side: about 70, 50, 36, 25, 18 and 12.5 % of the area. */
  private static final double[] SCALES = {0.84, 0.71, 0.6, 0.5, 0.42, 0.35};

  /** With 8, one image that is decided otherwise can make a resolution look twice as bad. */
  private static final int IMAGES = 16;

  /**
   * How much more channels were seen to cost than predicted (docs/quality.md, "Resolution"):
   * typically, at least, and at most.
   */
  private static final double[] MORE_THAN_PREDICTED = {4, 1.5, 10};

  private final Anatomy full;
  private final Basis basis;
  private final HarmRanking ranking;
  private final List<Integer> categories;
  private final boolean independent;
  private final List<Map<String, Weight>> images;
  private final Map<Double, Optional<Whole>> wholes = new LinkedHashMap<>();

  /** The full network's, once a resolution is compared with them. */
  private @Nullable Decisions decisions;

  /**
   * The whole network at a resolution.
   *
   * @param divergence of its decisions from the full network's, nats per image
   */
  private record Whole(Basis basis, HarmRanking ranking, double divergence) {}

  /**
   * What a resolution costs within a budget.
   *
   * @param harm predicted of the channels that are lost, nats per image
   */
  private record Choice(Candidate candidate, double divergence, double harm) {
    double loss(double moreThanPredicted) {
      return divergence + moreThanPredicted * harm;
    }
  }

  /**
   * @param full the full network
   * @param basis what channels are selected from, at full resolution
   * @param ranking of these
   * @param evidence with images
   */
  Resolutions(
      Anatomy full, Basis basis, HarmRanking ranking, Evidence evidence, List<Integer> categories) {
    this.full = full;
    this.basis = basis;
    this.ranking = ranking;
    this.categories = List.copyOf(categories);
    independent = evidence.profile().header().independent();
    images = some(evidence.images());
    wholes.put(1.0, Optional.of(new Whole(basis, ranking, 0)));
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

  /** {@code basis} at another resolution; empty if it cannot work at it. */
  private static Optional<Basis> at(Basis basis, double resolution) {
    return WorkingResolution.of(basis.anatomy(), resolution)
        .filter(low -> low.groups().groups().size() == basis.anatomy().groups().groups().size())
        .map(low -> new Basis(low, basis.profile(), basis.principal(), resolution));
  }

  /**
   * {@code basis} at another resolution.
   *
   * @throws InvalidInputException if it cannot work at it
   */
  static Basis required(Basis basis, double resolution) {
    return resolution == 1
        ? basis
        : at(basis, resolution)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "%s: cannot work at %s of its resolution: its file states sizes in ways that are not known here; leave the resolution out"
                            .formatted(basis.anatomy().network().name(), resolution),
                        Setting.RESOLUTION));
  }

  /**
   * What may be best within {@code budget}, the most promising first.
   *
   * @throws UnattainableException if nothing is within it at any resolution
   */
  List<Candidate> within(Budget budget) {
    List<Choice> choices = new ArrayList<>();
    choices(budget, choices);
    if (choices.isEmpty()) {
      return List.of(new Candidate(basis, ranking.select(budget)));
    }
    List<Candidate> best = new ArrayList<>();
    for (double more : MORE_THAN_PREDICTED) {
      best.add(
          choices.stream()
              .min(Comparator.comparingDouble(choice -> choice.loss(more)))
              .orElseThrow()
              .candidate());
    }
    return best.stream().distinct().toList();
  }

  private void choices(Budget budget, List<Choice> choices) {
    consider(1, budget, choices);
    if (budget.measure() != Budget.Measure.MACS) {
      return;
    }
    for (double scale : SCALES) {
      double least =
          choices.stream()
              .mapToDouble(choice -> choice.loss(MORE_THAN_PREDICTED[2]))
              .min()
              .orElse(Double.POSITIVE_INFINITY);
      Optional<Whole> whole = wholes.computeIfAbsent(scale, this::measure);
      if (whole.isPresent() && whole.get().divergence() > least) {
        return;
      }
      consider(scale, budget, choices);
    }
  }

  private void consider(double scale, Budget budget, List<Choice> choices) {
    wholes
        .getOrDefault(scale, Optional.empty())
        .ifPresent(
            whole -> {
              try {
                Selection selection = whole.ranking().select(budget);
                choices.add(
                    new Choice(
                        new Candidate(whole.basis(), selection),
                        whole.divergence(),
                        whole.ranking().harm(selection)));
              } catch (UnattainableException e) {
                // Another resolution may do.
              }
            });
  }

  private Optional<Whole> measure(double scale) {
    return at(basis, scale)
        .map(low -> new Whole(low, ranking.on(low.anatomy()), divergence(low.anatomy())));
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
