package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the masks of a data set that names its categories mean to a network that names its own: a
 * category is a name, not a place in a list. Case, hyphens and underscores do not count.
 */
final class NamedMasks {
  private static final Logger LOG = LoggerFactory.getLogger(NamedMasks.class);

  private final NetworkCard card;
  private final Legend legend;
  private final String source;
  private final List<String> own;
  private final List<String> named;

  private NamedMasks(NetworkCard card, Legend legend, String source) {
    this.card = card;
    this.legend = legend;
    this.source = source;
    own = card.categories().stream().map(NamedMasks::plain).toList();
    named = legend.categories().stream().map(NamedMasks::plain).toList();
  }

  /**
   * The card for the masks of a data set.
   *
   * @param source what messages call the data set
   * @throws InvalidInputException if the data set has categories that the network does not know
   */
  static NetworkCard read(NetworkCard card, Legend legend, String source) {
    return new NamedMasks(card, legend, source).read();
  }

  private NetworkCard read() {
    if (isByColor() && !named.containsAll(own)) {
      return card; // says itself what the masks show
    }
    if (isNumbered()) {
      return card.withMasks(card.maskValues(), ignored(card.maskValues()));
    }
    Set<String> unknown = new TreeSet<>(named);
    own.forEach(unknown::remove);
    if (unknown.isEmpty() || own.get(0).equals(NetworkCard.OTHER)) {
      return byName();
    }
    if (isYesOrNo()
        && own.stream().noneMatch(unknown::contains)
        && own.stream().anyMatch(named::contains)) {
      return byName(); // whatever else there is says no
    }
    if (!card.readsByNumber() || inPlace()) {
      return card.withMasks(card.maskValues(), ignored(card.maskValues()));
    }
    if (own.size() > 1
        && named.size() > own.size()
        && unknown.size() == new TreeSet<>(named).size()) {
      // What is wrong with that, the values of the masks will show.
      LOG.warn(
          "{}: none of its {} categories is called as one of the network card's {}; they are taken by their numbers",
          source,
          named.size(),
          card.categories());
      return card.withMasks(card.maskValues(), ignored(card.maskValues()));
    }
    throw new InvalidInputException(
        "%s: its categories %s are unknown to the network: the data set has %s, the network card %s; choose categories of the data set, or name them alike in the card"
            .formatted(
                source,
                legend.categories().stream().filter(name -> unknown.contains(plain(name))).toList(),
                legend.categories(),
                card.categories()));
  }

  /** Whether each category is there or not, whatever else is. */
  private boolean isYesOrNo() {
    return own.size() == 1 || card.independent();
  }

  private boolean isByColor() {
    return card.maskValues().stream().flatMap(List::stream).anyMatch(MaskColor::is);
  }

  /** Names such as 0, 1, 2 say nothing. */
  private boolean isNumbered() {
    return own.equals(IntStream.range(0, own.size()).mapToObj(Integer::toString).toList());
  }

  private NetworkCard byName() {
    Map<String, Integer> places = new HashMap<>();
    IntStream.range(0, own.size()).forEach(place -> places.putIfAbsent(own.get(place), place));
    List<List<Integer>> values = new ArrayList<>();
    own.forEach(name -> values.add(new ArrayList<>()));
    for (int value = 0; value < named.size(); value++) {
      int place = places.getOrDefault(named.get(value), isYesOrNo() ? -1 : 0);
      if (place >= 0 && !card.ignored().contains(value)) {
        values.get(place).add(value);
      }
    }
    return card.withMasks(values, ignored(values));
  }

  /** Whether both name most categories alike, each at the same place, and the rest otherwise. */
  private boolean inPlace() {
    if (own.size() == 1 && named.size() == 2) {
      return true; // one object and what is not
    }
    if (own.size() != named.size()) {
      return false;
    }
    List<Integer> other =
        IntStream.range(0, own.size())
            .filter(place -> !own.get(place).equals(named.get(place)))
            .boxed()
            .toList();
    boolean elsewhere =
        other.stream()
            .anyMatch(place -> named.contains(own.get(place)) || own.contains(named.get(place)));
    if (elsewhere || other.size() > own.size() / 2) {
      return false;
    }
    other.forEach(
        place ->
            LOG.warn(
                "{}: calls category {} '{}', the network card '{}'; they are taken to be the same",
                source,
                place,
                legend.categories().get(place),
                card.categories().get(place)));
    return true;
  }

  /** What the card and what the data set ignores, unless it means something. */
  private List<Integer> ignored(List<List<Integer>> values) {
    Set<Integer> ignored = new TreeSet<>(card.ignored());
    ignored.removeIf(MaskColor::is);
    ignored.addAll(legend.ignored());
    if (!isYesOrNo()) {
      values.forEach(ignored::removeAll);
    }
    return List.copyOf(ignored);
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC)
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\s_-]+", " ");
  }
}
