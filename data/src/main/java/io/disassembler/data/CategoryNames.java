package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the categories of a network are called, to find them by what people write.
 *
 * @param names in the order of the network's outputs
 */
public record CategoryNames(List<String> names) {

  public CategoryNames {
    names = List.copyOf(names);
  }

  /**
   * Number of the category with this name, or with this number if no name matches.
   *
   * @throws InvalidInputException if there is none, naming the nearest names
   */
  public int index(String name) {
    int byName = names.indexOf(name);
    if (byName >= 0) {
      return byName;
    }
    if (name.matches("\\d{1,6}") && Integer.parseInt(name) < names.size()) {
      return Integer.parseInt(name);
    }
    if (areNumbers()) {
      throw new InvalidInputException(
          "unknown category \"%s\": the network's %d categories have no names yet, only the numbers 0 to %d; name them in a network card beside it (disassembler card MODEL writes one to start from)"
              .formatted(name, names.size(), names.size() - 1));
    }
    throw new InvalidInputException(
        "unknown category \"%s\" (the network has %d); nearest: %s"
            .formatted(name, names.size(), String.join(", ", NearestNames.of(name, names))));
  }

  /** Without a network card categories are called 0, 1 and so on. */
  private boolean areNumbers() {
    return IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals(String.valueOf(i)));
  }

  /**
   * Numbers of the categories in a list of names or numbers separated by commas, in its order.
   *
   * @throws InvalidInputException if it is empty, or names a category unknown or twice
   */
  public List<Integer> parse(String list) {
    List<Integer> chosen = new ArrayList<>();
    for (String name : list.split(",", -1)) {
      if (name.isBlank()) {
        throw new InvalidInputException(
            "categories \"%s\": expected names separated by commas, found an empty name"
                .formatted(list));
      }
      int index = index(name.strip());
      if (chosen.contains(index)) {
        throw new InvalidInputException(
            "categories \"%s\": %s is named twice".formatted(list, names.get(index)));
      }
      chosen.add(index);
    }
    return List.copyOf(chosen);
  }
}
