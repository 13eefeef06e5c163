package io.disassembler.attribution;

import io.disassembler.engine.Probe;
import io.disassembler.operator.Program;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What the last nodes of a network are, whatever they are written with: a softmax, or sigmoids, of
 * the maps that they start from. Found by trying them on made-up pixels.
 *
 * @param channels for each score the map whose probability it is
 * @param competing whether the maps compete (softmax); if not, each says yes or no
 * @param scale what maps are multiplied with before they say so; negative where scores fall
 * @param low the score of probability 0
 * @param high the score of probability 1
 */
record KnownDecision(
    List<Integer> channels, boolean competing, double scale, double low, double high) {
  private static final double FAR = 30;
  private static final double TOLERANCE = 2e-3;
  private static final int PIXELS = 6;

  /** More maps are no categories of which one is picked. */
  private static final int MOST_MAPS = 512;

  /** The decision that a tail makes; empty if it is none of these. */
  static Optional<KnownDecision> of(Program program, Probe probe, Tail tail) {
    int maps = Math.toIntExact(probe.shape(tail.from()).dimension(1));
    int scores = Math.toIntExact(probe.shape(tail.scores()).dimension(1));
    if (maps > MOST_MAPS || scores > maps || !probe.type(tail.scores()).isFloating()) {
      return Optional.empty();
    }
    try (TailRun run = new TailRun(program, probe, tail)) {
      return scores == 1 ? single(run, maps) : each(run, maps, scores);
    }
  }

  private static Optional<KnownDecision> single(TailRun run, int maps) {
    Optional<double[]> middle = run.on(new double[maps]);
    if (middle.isEmpty()) {
      return Optional.empty();
    }
    int channel = 0;
    double low = 0;
    double high = 0;
    for (int map = 0; map < maps; map++) {
      Optional<double[]> down = run.on(pixel(maps, map, -FAR));
      Optional<double[]> up = run.on(pixel(maps, map, FAR));
      if (down.isEmpty() || up.isEmpty()) {
        return Optional.empty();
      }
      if (Math.abs(up.get()[0] - down.get()[0]) > Math.abs(high - low) + TOLERANCE) {
        channel = map;
        low = down.get()[0];
        high = up.get()[0];
      }
    }
    // Where the score falls with the map it is the probability of not being it, seen from the map.
    boolean falls = low > high;
    double bottom = Math.min(low, high);
    double top = Math.max(low, high);
    if (!(top - bottom > TOLERANCE)
        || !isEnd(run.on(pixel(maps, channel, -2 * FAR)), low, top - bottom)
        || !isEnd(run.on(pixel(maps, channel, 2 * FAR)), high, top - bottom)) {
      return Optional.empty();
    }
    double one = share(run.on(pixel(maps, channel, 1)), bottom, top);
    if (!(one > 0 && one < 1)) {
      return Optional.empty();
    }
    double scale = rounded(Math.log(one / (1 - one)));
    KnownDecision alone = new KnownDecision(List.of(channel), false, scale, bottom, top);
    KnownDecision among = new KnownDecision(List.of(channel), true, 1, bottom, top);
    if (maps > 1 && !falls && among.fits(run, maps)) {
      return Optional.of(among);
    }
    return alone.fits(run, maps) ? Optional.of(alone) : Optional.empty();
  }

  private static Optional<KnownDecision> each(TailRun run, int maps, int scores) {
    if (scores == maps) {
      List<Integer> all = IntStream.range(0, maps).boxed().toList();
      for (boolean competing : new boolean[] {true, false}) {
        KnownDecision known = new KnownDecision(all, competing, 1, 0, 1);
        if (known.fits(run, maps)) {
          return Optional.of(known);
        }
      }
    }
    return picked(run, maps, scores)
        .map(channels -> new KnownDecision(channels, false, 1, 0, 1))
        .filter(sigmoids -> sigmoids.fits(run, maps));
  }

  /** Where scores may be sigmoids of some of the maps, in whatever order: of which. */
  private static Optional<List<Integer>> picked(TailRun run, int maps, int scores) {
    Optional<double[]> middle = run.on(new double[maps]);
    if (middle.isEmpty()
        || Arrays.stream(middle.get()).anyMatch(score -> !(Math.abs(score - 0.5) < TOLERANCE))) {
      return Optional.empty();
    }
    Integer[] channels = new Integer[scores];
    for (int map = 0; map < maps; map++) {
      double[] up = run.on(pixel(maps, map, FAR)).orElse(middle.get());
      for (int score = 0; score < scores; score++) {
        if (up[score] > 1 - TOLERANCE) {
          channels[score] = map;
        }
      }
    }
    return Arrays.stream(channels).allMatch(Objects::nonNull)
        ? Optional.of(List.of(channels))
        : Optional.empty();
  }

  private boolean fits(TailRun run, int maps) {
    Random random = new Random(maps);
    for (int i = 0; i < PIXELS; i++) {
      double[] pixel = random.doubles(maps, -3, 3).toArray();
      Optional<double[]> found = run.on(pixel);
      if (found.isEmpty()) {
        return false;
      }
      double[] expected = probabilities(pixel);
      boolean all = competing && channels.size() == maps;
      double sum = all ? Arrays.stream(found.get()).sum() : 1;
      for (int score = 0; score < found.get().length; score++) {
        double share = (found.get()[score] / sum - low) / (high - low);
        double wanted = expected[channels.get(score)];
        if (!(Math.abs(share - wanted) <= TOLERANCE)) {
          return false;
        }
      }
    }
    return true;
  }

  private double[] probabilities(double[] pixel) {
    double sum = Arrays.stream(pixel).map(Math::exp).sum();
    return Arrays.stream(pixel)
        .map(x -> competing ? Math.exp(x) / sum : 1 / (1 + Math.exp(-scale * x)))
        .toArray();
  }

  /** People write round numbers; what was found has the error of 32-bit floats. */
  private static double rounded(double scale) {
    double round = Math.rint(scale * 1000) / 1000;
    return Math.abs(round - scale) < 1e-3 * Math.abs(scale) ? round : scale;
  }

  /** Whether scores go no further there: over a short way straight lines look like sigmoids. */
  private static boolean isEnd(Optional<double[]> found, double end, double extent) {
    return found.isPresent() && Math.abs(found.get()[0] - end) <= TOLERANCE * extent;
  }

  private static double share(Optional<double[]> found, double low, double high) {
    return found.map(scores -> (scores[0] - low) / (high - low)).orElse(Double.NaN);
  }

  private static double[] pixel(int maps, int map, double value) {
    double[] pixel = new double[maps];
    pixel[map] = value;
    return pixel;
  }
}
