package io.disassembler.extraction;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.UnattainableException;
import io.disassembler.principal.Basis;
import io.disassembler.resolution.WorkingResolution;
import io.disassembler.selection.Budget;
import io.disassembler.selection.HarmRanking;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /**
   * How much more channels were seen to cost than predicted (docs/quality.md, "Resolution"):
   * typically, at least, and at most.
   */
  private static final double[] MORE_THAN_PREDICTED = {4, 1.5, 10};

  private final Basis basis;
  private final HarmRanking ranking;
  private final ResolutionLoss loss;
  private final Map<Double, Optional<Reduced>> reduced = new LinkedHashMap<>();

  /** What channels are selected from at a resolution. */
  private record Reduced(Basis basis, HarmRanking ranking) {}

  /**
   * What a resolution costs within a budget.
   *
   * @param divergence of the whole network's decisions from the full network's, nats per image
   * @param harm predicted of the channels that are lost, nats per image
   */
  private record Choice(Candidate candidate, double divergence, double harm) {
    double loss(double moreThanPredicted) {
      return divergence + moreThanPredicted * harm;
    }
  }

  /**
   * @param basis what channels are selected from, at full resolution
   * @param ranking of these
   * @param loss of the full network
   */
  Resolutions(Basis basis, HarmRanking ranking, ResolutionLoss loss) {
    this.basis = basis;
    this.ranking = ranking;
    this.loss = loss;
    reduced.put(1.0, Optional.of(new Reduced(basis, ranking)));
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
    consider(1, 0, budget, choices);
    if (budget.measure() != Budget.Measure.MACS) {
      return;
    }
    for (double scale : SCALES) {
      double least =
          choices.stream()
              .mapToDouble(choice -> choice.loss(MORE_THAN_PREDICTED[2]))
              .min()
              .orElse(Double.POSITIVE_INFINITY);
      Optional<Double> divergence = loss.at(scale);
      if (divergence.isPresent() && divergence.get() > least) {
        return;
      }
      divergence.ifPresent(measured -> consider(scale, measured, budget, choices));
    }
  }

  private void consider(double scale, double divergence, Budget budget, List<Choice> choices) {
    reduced
        .computeIfAbsent(
            scale, low -> at(basis, low).map(at -> new Reduced(at, ranking.on(at.anatomy()))))
        .ifPresent(
            there -> {
              try {
                Selection selection = there.ranking().select(budget);
                choices.add(
                    new Choice(
                        new Candidate(there.basis(), selection),
                        divergence,
                        there.ranking().harm(selection)));
              } catch (UnattainableException e) {
                // Another resolution may do.
              }
            });
  }
}
