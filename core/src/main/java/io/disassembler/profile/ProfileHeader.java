package io.disassembler.profile;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.DecisionRule;
import io.disassembler.data.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Of what and how a profile was made. Only profiles with equal headers merge.
 *
 * @param modelSha256 SHA-256 of the model file, in hexadecimal
 * @param categories names of the categories, in the order of the logits
 * @param threshold tau: the probability from which a prediction is confident, in (0, 1]
 * @param seed the seed that chose the images
 * @param size of the network's input in pixels
 * @param labelled whether labels took part in the masks
 * @param version version of the program that made it
 * @param output the graph output whose categories these are; empty if not recorded
 * @param cardSha256 SHA-256 of the network card as YAML: how images become the input, and what mask
 *     values mean; empty if not recorded
 * @param rule whether a pixel has one category, or any number of them
 * @param constantsSha256 SHA-256 of the constants for inputs other than the images; empty if there
 *     are none
 * @param profiled the categories that attributions were taken of, by their places in {@code
 *     categories}, ascending; of the others nothing is known
 */
public record ProfileHeader(
    String modelSha256,
    List<String> categories,
    double threshold,
    long seed,
    Size size,
    boolean labelled,
    String version,
    String output,
    String cardSha256,
    DecisionRule rule,
    String constantsSha256,
    List<Integer> profiled) {

  /**
   * @throws IllegalArgumentException if no category was profiled, or one that there is not
   */
  public ProfileHeader {
    categories = List.copyOf(categories);
    TreeSet<Integer> places = new TreeSet<>(profiled);
    profiled = List.copyOf(places);
    if (places.isEmpty() || places.first() < 0 || places.last() >= categories.size()) {
      throw new IllegalArgumentException(
          "profiled " + profiled + " of " + categories.size() + " categories");
    }
  }

  /** Of a profile of all categories. */
  public ProfileHeader(
      String modelSha256,
      List<String> categories,
      double threshold,
      long seed,
      Size size,
      boolean labelled,
      String version,
      String output,
      String cardSha256,
      DecisionRule rule,
      String constantsSha256) {
    this(
        modelSha256,
        categories,
        threshold,
        seed,
        size,
        labelled,
        version,
        output,
        cardSha256,
        rule,
        constantsSha256,
        IntStream.range(0, categories.size()).boxed().toList());
  }

  /** A header of all categories that does not record output and card. */
  public ProfileHeader(
      String modelSha256,
      List<String> categories,
      double threshold,
      long seed,
      Size size,
      boolean labelled,
      String version) {
    this(
        modelSha256,
        categories,
        threshold,
        seed,
        size,
        labelled,
        version,
        "",
        "",
        DecisionRule.EXCLUSIVE,
        "");
  }

  /** Whether a pixel may have several categories, or none. */
  public boolean independent() {
    return rule == DecisionRule.INDEPENDENT;
  }

  /** The same, of a profile of some categories alone. */
  public ProfileHeader ofOnly(List<Integer> places) {
    return new ProfileHeader(
        modelSha256,
        categories,
        threshold,
        seed,
        size,
        labelled,
        version,
        output,
        cardSha256,
        rule,
        constantsSha256,
        places);
  }

  /** Whether attributions of all categories were taken. */
  public boolean profilesAll() {
    return profiled.size() == categories.size();
  }

  /** Names of the categories that were profiled, in the order of the logits. */
  public List<String> profiledNames() {
    return profiled.stream().map(categories::get).toList();
  }

  /**
   * Checks that sums under this header and under {@code other} may be added.
   *
   * @throws InvalidInputException naming the first difference
   */
  public void requireEqual(ProfileHeader other) {
    Map<String, Object> mine = settings();
    other
        .settings()
        .forEach(
            (name, value) -> {
              if (!value.equals(mine.get(name))) {
                throw new InvalidInputException(
                    "profiles of different models or settings cannot be merged: expected %s %s, found %s"
                        .formatted(name, mine.get(name), value));
              }
            });
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("model SHA-256", modelSha256);
    settings.put("categories", categories);
    settings.put("profiled categories", profiledNames());
    settings.put("threshold", threshold);
    settings.put("seed", seed);
    settings.put("size", size);
    settings.put("labels", labelled);
    settings.put("version", version);
    settings.put("output", output);
    settings.put("network card of SHA-256", cardSha256);
    settings.put("decision", rule.word());
    settings.put("constants for inputs of SHA-256", constantsSha256);
    return settings;
  }

  /**
   * Names the profiled categories only where they are not all: {@link Profile#sha256} is of this
   * text too, and plans hold that.
   */
  @Override
  public String toString() {
    return "ProfileHeader[modelSha256=%s, categories=%s, threshold=%s, seed=%s, size=%s, labelled=%s, version=%s, output=%s, cardSha256=%s, rule=%s, constantsSha256=%s%s]"
        .formatted(
            modelSha256,
            categories,
            threshold,
            seed,
            size,
            labelled,
            version,
            output,
            cardSha256,
            rule,
            constantsSha256,
            profilesAll() ? "" : ", profiled=" + profiled);
  }
}
