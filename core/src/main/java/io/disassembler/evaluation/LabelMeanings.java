package io.disassembler.evaluation;

import io.disassembler.data.NetworkCard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What labels may mean instead: the simplest first. */
final class LabelMeanings {
  /** What two categories have in common at least to be taken for one under two names. */
  private static final double ALIKE = 0.25;

  /** Labels that mean nothing any more must be few. */
  private static final double KEPT = 0.9;

  private static final int NOTHING = -1;

  private LabelMeanings() {}

  static List<LabelCheck.Explanation> of(Confusion found, NetworkCard card) {
    int count = found.categories();
    List<LabelCheck.Explanation> all = new ArrayList<>();
    add(all, found, card, reversed(count), inverted(card));
    if (card.categories().size() > 1) {
      add(
          all,
          found,
          card,
          shifted(count, -1),
          "the masks' numbers are shifted by one: they count from 1");
      add(
          all,
          found,
          card,
          shifted(count, 1),
          "the masks' numbers are shifted by one: they lack the first category");
    }
    int[] order = order(found);
    add(
        all,
        found,
        card,
        order,
        "the categories' names are in another order: " + moved(order, found, card));
    return all;
  }

  private static void add(
      List<LabelCheck.Explanation> all,
      Confusion found,
      NetworkCard card,
      int[] meaning,
      String text) {
    Confusion other = found.with(label -> meaning[label]);
    boolean changes = IntStream.range(0, meaning.length).anyMatch(label -> meaning[label] != label);
    if (changes && other.shareOf(found) >= KEPT) {
      all.add(new LabelCheck.Explanation(text, values(meaning, card), other.agreement()));
    }
  }

  private static String inverted(NetworkCard card) {
    return card.categories().size() <= 2
        ? "the masks are inverted"
        : "the masks are inverted: their numbers count backwards";
  }

  private static int[] reversed(int count) {
    return IntStream.range(0, count).map(label -> count - 1 - label).toArray();
  }

  private static int[] shifted(int count, int by) {
    return IntStream.range(0, count)
        .map(label -> label + by >= 0 && label + by < count ? label + by : NOTHING)
        .toArray();
  }

  /** The category that each label has most in common with, the surest first, each taken once. */
  private static int[] order(Confusion found) {
    int count = found.categories();
    int[] meaning = new int[count];
    Arrays.fill(meaning, NOTHING);
    boolean[] taken = new boolean[count];
    record Pair(int label, int prediction, double iou) {}
    List<Pair> pairs = new ArrayList<>();
    for (int label = 0; label < count; label++) {
      for (int prediction = 0; prediction < count; prediction++) {
        double iou = found.iou(label, prediction);
        if (found.isShown(label) && iou >= ALIKE) {
          pairs.add(new Pair(label, prediction, iou));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::iou).reversed());
    for (Pair pair : pairs) {
      if (meaning[pair.label()] == NOTHING && !taken[pair.prediction()]) {
        meaning[pair.label()] = pair.prediction();
        taken[pair.prediction()] = true;
      }
    }
    // The others stay where they can; what is left goes where there is room.
    for (int label = 0; label < count; label++) {
      if (meaning[label] == NOTHING && !taken[label]) {
        meaning[label] = label;
        taken[label] = true;
      }
    }
    for (int label = 0; label < count; label++) {
      for (int free = 0; free < count && meaning[label] == NOTHING; free++) {
        if (!taken[free]) {
          meaning[label] = free;
          taken[free] = true;
        }
      }
    }
    return meaning;
  }

  private static String moved(int[] meaning, Confusion found, NetworkCard card) {
    return IntStream.range(0, meaning.length)
        .filter(label -> meaning[label] != label && found.isShown(label))
        .mapToObj(
            label ->
                "what masks call '%s' is the network's '%s'"
                    .formatted(name(card, label), name(card, meaning[label])))
        .collect(Collectors.joining(", "));
  }

  private static String name(NetworkCard card, int category) {
    return category < card.categories().size()
        ? card.categories().get(category)
        : "not " + card.categories().get(0);
  }

  /** The card's mask values under that meaning. */
  private static String values(int[] meaning, NetworkCard card) {
    if (card.categories().size() == 1) {
      return "masks: {values: [0]}";
    }
    List<String> lists = new ArrayList<>();
    for (int category = 0; category < card.categories().size(); category++) {
      int wanted = category;
      List<String> values =
          IntStream.range(0, meaning.length)
              .filter(label -> meaning[label] == wanted)
              .boxed()
              .flatMap(label -> card.maskValues().get(label).stream())
              .map(String::valueOf)
              .toList();
      lists.add(values.size() == 1 ? values.get(0) : values.toString());
    }
    return "masks: {values: [%s]%s}"
        .formatted(
            String.join(", ", lists),
            card.ignored().isEmpty() ? "" : ", ignore: " + card.ignored());
  }
}
