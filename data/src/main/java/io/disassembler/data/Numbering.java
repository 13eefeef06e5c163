package io.disassembler.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A data set's own numbers of its categories, which may have gaps, as COCO's from 1 to 90 have; 0
 * is the background. Networks that are trained on these numbers have an output for each gap too.
 *
 * @param names what each number is called, from 0 to the largest; empty where it has no category
 * @param numbers the number of each mask value, from 0
 */
public record Numbering(List<String> names, List<Integer> numbers) {

  public Numbering {
    names = List.copyOf(names);
    numbers = List.copyOf(numbers);
  }

  /** The card of a network with an output for each number that has no card. */
  NetworkCard card(List<Integer> ignored) {
    List<String> named =
        IntStream.range(0, names.size())
            .mapToObj(n -> names.get(n).isEmpty() ? "N/A " + n : names.get(n))
            .toList();
    List<List<Integer>> values = new ArrayList<>();
    for (int number = 0; number < names.size(); number++) {
      int value = numbers.indexOf(number);
      values.add(value < 0 ? List.of() : List.of(value));
    }
    NetworkCard unnamed = NetworkCard.unnamed(names.size());
    return new NetworkCard(
        named,
        unnamed.color(),
        unnamed.scale(),
        unnamed.mean(),
        unnamed.std(),
        unnamed.size(),
        values,
        ignored);
  }
}
