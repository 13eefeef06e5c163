package io.disassembler.comparison;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.NetworkCard;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Categories that sub-networks are made for.
 *
 * @param name the categories' names, separated by commas
 * @param categories their numbers, in the order of the sub-network's outputs
 */
public record CategorySet(String name, List<Integer> categories) {

  public CategorySet {
    categories = List.copyOf(categories);
  }

  /**
   * Sets written as {@code car;road,pavement}.
   *
   * @throws InvalidInputException if a name is no category, or a set is named twice
   */
  public static List<CategorySet> parse(String text, NetworkCard card) {
    List<CategorySet> sets =
        Stream.of(text.split(";", -1)).map(names -> of(card.parse(names), card)).toList();
    if (sets.stream().distinct().count() < sets.size()) {
      throw new InvalidInputException(
          "category sets \"%s\": expected different sets, found one twice".formatted(text));
    }
    return sets;
  }

  /** Each category alone. */
  public static List<CategorySet> each(NetworkCard card) {
    return IntStream.range(0, card.categories().size())
        .mapToObj(category -> of(List.of(category), card))
        .toList();
  }

  private static CategorySet of(List<Integer> categories, NetworkCard card) {
    String name = categories.stream().map(card.categories()::get).collect(Collectors.joining(","));
    return new CategorySet(name, categories);
  }
}
