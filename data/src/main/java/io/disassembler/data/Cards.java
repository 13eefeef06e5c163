package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the card of a network. */
public final class Cards {
  /** Masks have values of 16 bits. */
  private static final int MOST_CATEGORIES = 1 << 16;

  private static final Logger LOG = LoggerFactory.getLogger(Cards.class);

  private Cards() {}

  /**
   * The card of a model whose images say nothing about it.
   *
   * @see #resolve(Path, Path, Map, int, Legend)
   */
  public static NetworkCard resolve(
      Path model, @Nullable Path override, Map<String, String> metadata, int categories) {
    return resolve(model, override, metadata, categories, null);
  }

  /**
   * The card of a model, from the first of: the file that overrides all others, the model's
   * metadata, {@code STEM.yaml} or {@code STEM.yml} next to {@code STEM.onnx}; if there is none,
   * {@link NetworkCard#unnamed} and a warning, with the names of the data set if it has as many, or
   * if its own numbers of categories reach as far.
   *
   * @param categories number of output maps of the network
   * @param legend what the masks of the data set mean; null if it does not say
   * @throws InvalidInputException if the card is wrong or has another number of categories
   */
  public static NetworkCard resolve(
      Path model,
      @Nullable Path override,
      Map<String, String> metadata,
      int categories,
      @Nullable Legend legend) {
    if (categories > MOST_CATEGORIES) {
      throw new InvalidInputException(
          "%s: has scores for %d categories; expected at most %d, which masks can tell apart"
              .formatted(model, categories, MOST_CATEGORIES));
    }
    Optional<NetworkCard> found = find(model, override, metadata);
    if (found.isPresent()) {
      return matching(found.get(), categories, source(model, override, metadata));
    }
    // A single output says yes or no; no data set's numbers are meant so.
    if (legend != null && categories > 1 && legend.categories().size() == categories) {
      LOG.warn(
          "{}: no network card; categories are those of the data set and pixels are scaled to [0, 1]",
          model);
      return NetworkCard.unnamed(categories).with(legend);
    }
    Numbering numbering = legend == null || categories == 1 ? null : legend.numbering();
    if (legend != null && numbering != null && numbering.names().size() == categories) {
      LOG.warn(
          "{}: no network card; its {} outputs are the data set's category ids, with 0 for the background and gaps where there is no id, and pixels are scaled to [0, 1]",
          model,
          categories);
      return numbering.card(legend.ignored());
    }
    LOG.warn(
        "{}: no network card; categories are called 0 to {} and pixels are scaled to [0, 1]",
        model,
        categories - 1);
    return NetworkCard.unnamed(categories);
  }

  /**
   * The card of a model that has one, from the same places as {@link #resolve}, whatever its number
   * of categories.
   *
   * @throws InvalidInputException if the card is wrong
   */
  public static Optional<NetworkCard> find(
      Path model, @Nullable Path override, Map<String, String> metadata) {
    String source = source(model, override, metadata);
    String embedded = metadata.get(NetworkCard.METADATA_KEY);
    if (override == null && embedded != null) {
      return Optional.of(NetworkCard.fromYaml(embedded, source));
    }
    return source.isEmpty() ? Optional.empty() : Optional.of(NetworkCard.read(Path.of(source)));
  }

  /** Where the card is, as messages name it; empty if there is none. */
  private static String source(Path model, @Nullable Path override, Map<String, String> metadata) {
    if (override == null && metadata.containsKey(NetworkCard.METADATA_KEY)) {
      return model + " (metadata " + NetworkCard.METADATA_KEY + ")";
    }
    Path file = override != null ? override : besides(model);
    return file == null ? "" : file.toString();
  }

  private static @Nullable Path besides(Path model) {
    String stem = Sample.stem(model);
    for (String extension : new String[] {".yaml", ".yml"}) {
      Path file = model.resolveSibling(stem + extension);
      if (Files.exists(file)) {
        return file;
      }
    }
    return null;
  }

  private static NetworkCard matching(NetworkCard card, int categories, String source) {
    if (card.categories().size() != categories) {
      throw new InvalidInputException(
          "%s: categories: expected %d names, one for each output of the network, found %d"
              .formatted(source, categories, card.categories().size()));
    }
    return card;
  }
}
