package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

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
    throw new InvalidInputException(
        "unknown category \"%s\" (the network has %d); nearest: %s"
            .formatted(name, names.size(), String.join(", ", NearestNames.of(name, names))));
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
