package io.disassembler.profile;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.DecisionRule;
import io.disassembler.data.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    DecisionRule rule) {

  public ProfileHeader {
    categories = List.copyOf(categories);
  }

  /** A header that does not record output and card. */
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
        DecisionRule.EXCLUSIVE);
  }

  /** Whether a pixel may have several categories, or none. */
  public boolean independent() {
    return rule == DecisionRule.INDEPENDENT;
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
    settings.put("threshold", threshold);
    settings.put("seed", seed);
    settings.put("size", size);
    settings.put("labels", labelled);
    settings.put("version", version);
    settings.put("output", output);
    settings.put("network card of SHA-256", cardSha256);
    settings.put("decision", rule.word());
    return settings;
  }
}
