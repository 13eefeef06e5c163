package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Replacement;
import io.disassembler.base.Setting;
import io.disassembler.base.TextFile;
import io.disassembler.graph.Layout;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an ONNX file does not say about a segmentation network: what its categories are called, how
 * pixels become its input ({@code x = (pixel / scale - mean) / std}, NCHW) and what the values in
 * mask files mean. {@code docs/card.md} describes its YAML form.
 *
 * @param categories the names, one per output map, in the order of the outputs; distinct
 * @param color what the input channels are
 * @param scale what 8-bit pixels are divided by, above 0
 * @param mean what is subtracted after scaling, one per input channel
 * @param std what is divided by after that, one per input channel, above 0
 * @param size the input size the network was trained at, if it is known
 * @param maskValues for each category the mask values that mean it: numbers from -1 to 65535, or
 *     colours, 2<sup>24</sup> + {@code 0xRRGGBB}; a list is empty if no mask shows that category
 * @param ignored mask values that mean no category; such pixels count nowhere
 * @param inputLayout how the file has images, if the graph does not show it
 * @param outputLayout how the file has the output that counts, if the graph does not show it
 * @param decision whether a pixel has one category or any number of them, if the graph does not
 *     show it
 * @param thresholds the probability above which an independent category is there, one for each, in
 *     (0, 1); empty for one half
 * @param maskBits whether the bits of masks' numbers are mask values: bit i set says that value i
 *     is there
 * @param bands how images of bands are read
 */
public record NetworkCard(
    List<String> categories,
    ColorOrder color,
    double scale,
    List<Double> mean,
    List<Double> std,
    @Nullable Size size,
    List<List<Integer>> maskValues,
    List<Integer> ignored,
    @Nullable Layout inputLayout,
    @Nullable Layout outputLayout,
    @Nullable DecisionRule decision,
    List<Double> thresholds,
    boolean maskBits,
    BandImages bands) {

  /** Key of the model metadata entry that holds a card as YAML text. */
  public static final String METADATA_KEY = "disassembler.card";

  // The pixels of ImageNet, as training code in Python has them.
  private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
  private static final List<Double> STD = List.of(0.229, 0.224, 0.225);

  private static final double EVEN_ODDS = 0.5;
  private static final double BYTES = 255;

  /** Name of a sub-network's first category: everything that was not chosen. */
  public static final String OTHER = "other";

  /**
   * The card of a network that is trained on a data set: RGB, normalised as is usual for ImageNet.
   *
   * @param legend what the masks of the data set mean
   * @throws IllegalArgumentException as the constructor
   */
  public static NetworkCard of(Legend legend, Size size) {
    List<String> names = legend.categories();
    List<List<Integer>> values = IntStream.range(0, names.size()).mapToObj(List::of).toList();
    return new NetworkCard(names, ColorOrder.RGB, 255, MEAN, STD, size, values, legend.ignored());
  }

  /**
   * @throws IllegalArgumentException if the parts contradict each other; the message names the YAML
   *     key
   */
  public NetworkCard {
    categories = List.copyOf(categories);
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    maskValues = maskValues.stream().map(List::copyOf).toList();
    ignored = List.copyOf(ignored);
    CardChecks.names(categories);
    CardChecks.scale(scale);
    CardChecks.perChannel("input.mean", mean, color);
    CardChecks.perChannel("input.std", std, color);
    CardChecks.asMany(mean, std);
    CardChecks.positive("input.std", std);
    CardChecks.oneForEach(categories, maskValues);
    thresholds = List.copyOf(thresholds);
    CardChecks.distinctValues(maskValues, ignored, decision);
    CardChecks.images(inputLayout);
    CardChecks.independent(categories.size(), decision, maskBits);
    CardChecks.thresholds(categories.size(), thresholds);
  }

  /** A card that leaves to the graph what it may show. */
  public NetworkCard(
      List<String> categories,
      ColorOrder color,
      double scale,
      List<Double> mean,
      List<Double> std,
      @Nullable Size size,
      List<List<Integer>> maskValues,
      List<Integer> ignored) {
    this(
        categories,
        color,
        scale,
        mean,
        std,
        size,
        maskValues,
        ignored,
        null,
        null,
        null,
        List.of(),
        false,
        BandImages.DEFAULT);
  }

  /**
   * The card of a network whose input takes the pixels' bytes as they are.
   *
   * @param network for the message
   * @throws InvalidInputException if it says that pixels are normalised to something else
   */
  public NetworkCard ofWholePixels(String network) {
    boolean raw = scale == 1 || scale == 255;
    if (!raw || mean.stream().anyMatch(m -> m != 0) || std.stream().anyMatch(s -> s != 1)) {
      throw new InvalidInputException(
          "%s: takes whole numbers as pixels, 0 to 255; expected a card with input.scale 1 and without input.mean and input.std, found scale %s, mean %s, std %s"
              .formatted(network, scale, mean, std),
          Setting.CARD);
    }
    return withPixels(color, 1, mean, std, color == ColorOrder.BANDS ? bands.asStored() : bands);
  }

  /**
   * The same for images that become input in another way.
   *
   * @param otherColor the order of channels
   * @param otherScale what pixels are divided by
   * @param otherMean one for each channel
   * @param otherStd one for each channel
   */
  public NetworkCard withPixels(
      ColorOrder otherColor, double otherScale, List<Double> otherMean, List<Double> otherStd) {
    return withPixels(otherColor, otherScale, otherMean, otherStd, bands);
  }

  private NetworkCard withPixels(
      ColorOrder otherColor,
      double otherScale,
      List<Double> otherMean,
      List<Double> otherStd,
      BandImages otherBands) {
    return new NetworkCard(
        categories,
        otherColor,
        otherScale,
        otherMean,
        otherStd,
        size,
        maskValues,
        ignored,
        inputLayout,
        outputLayout,
        decision,
        thresholds,
        maskBits,
        otherBands);
  }

  /** The card with the order of axes that the file has; null for what needs no word. */
  public NetworkCard withLayouts(@Nullable Layout input, @Nullable Layout output) {
    return withForm(input, output, decision);
  }

  private NetworkCard withForm(
      @Nullable Layout input, @Nullable Layout output, @Nullable DecisionRule rule) {
    return new NetworkCard(
        categories,
        color,
        scale,
        mean,
        std,
        size,
        maskValues,
        ignored,
        input,
        output,
        rule,
        thresholds,
        maskBits,
        bands);
  }

  /** The card with the rule by which categories are decided. */
  public NetworkCard decidedBy(DecisionRule rule) {
    return withForm(inputLayout, outputLayout, rule);
  }

  /**
   * The card of a network whose input has so many channels that they are no colours.
   *
   * @param network for the message
   * @throws InvalidInputException if it says something of another number of channels
   */
  public NetworkCard ofBands(int channels, String network) {
    boolean silent = mean.stream().allMatch(m -> m == 0) && std.stream().allMatch(s -> s == 1);
    if (!silent && mean.size() != channels) {
      throw new InvalidInputException(
          "%s: input.mean, input.std: expected one number for each of its %d channels, found %d"
              .formatted(network, channels, mean.size()),
          Setting.CARD);
    }
    boolean wasColor = color != ColorOrder.BANDS;
    return withPixels(
        ColorOrder.BANDS,
        wasColor && scale == BYTES ? 1 : scale,
        silent ? Collections.nCopies(channels, 0.0) : mean,
        silent ? Collections.nCopies(channels, 1.0) : std,
        wasColor && scale != BYTES ? bands.asStored() : bands);
  }

  /**
   * The card of a network that takes volumes, whose numbers are as they are stored unless it says
   * otherwise.
   *
   * @param channels of the network's input
   * @param input the network's size
   * @param network for the message
   * @throws InvalidInputException if it says something of another number of channels
   */
  public NetworkCard ofVolumes(int channels, Size input, String network) {
    NetworkCard measured = ofBands(channels, network);
    NetworkCard stored =
        measured.withPixels(
            ColorOrder.BANDS,
            measured.scale,
            measured.mean,
            measured.std,
            measured.bands.asStored());
    return stored.withSize(input);
  }

  private NetworkCard withSize(Size input) {
    return new NetworkCard(
        categories,
        color,
        scale,
        mean,
        std,
        input,
        maskValues,
        ignored,
        inputLayout,
        outputLayout,
        decision,
        thresholds,
        maskBits,
        bands);
  }

  /** Whether the network takes volumes. */
  boolean volumes() {
    return size != null && size.volume();
  }

  /** Number of channels of the input. */
  public int channels() {
    return color == ColorOrder.BANDS ? mean.size() : color.channels();
  }

  /** Whether a pixel may have several categories, or none; false where there is only one. */
  public boolean independent() {
    return decision == DecisionRule.INDEPENDENT && categories.size() > 1;
  }

  /** The probability above which a category is there, in (0, 1). */
  public double threshold(int category) {
    return thresholds.isEmpty() ? EVEN_ODDS : thresholds.get(category);
  }

  /** What becomes of the categories in the sub-network for some of them. */
  public CategoryMapping mapping(List<Integer> chosen) {
    CategoryMapping mapping = CategoryMapping.of(categories, chosen);
    return independent() ? mapping.independently() : mapping;
  }

  /**
   * Categories named by their number, RGB pixels scaled to [0, 1], mask value i means category i;
   * of a single category, every value but 0 means it.
   */
  public static NetworkCard unnamed(int categories) {
    return new NetworkCard(
        IntStream.range(0, categories).mapToObj(Integer::toString).toList(),
        ColorOrder.RGB,
        255,
        Collections.nCopies(3, 0.0),
        Collections.nCopies(3, 1.0),
        null,
        valuesByNumber(categories, List.of()),
        List.of());
  }

  /** The same for a network that takes grey images, scaled to [0, 1]. */
  public NetworkCard inGray() {
    return withPixels(ColorOrder.GRAY, BYTES, List.of(0.0), List.of(1.0), bands);
  }

  /**
   * The card with the names and the ignored values of a data set; mask value i means category i.
   *
   * @param legend has as many categories as the card
   */
  NetworkCard with(Legend legend) {
    return withCategories(legend.categories(), thresholds, maskValues, legend.ignored());
  }

  private NetworkCard withCategories(
      List<String> names, List<Double> limits, List<List<Integer>> values, List<Integer> others) {
    return new NetworkCard(
        names,
        color,
        scale,
        mean,
        std,
        size,
        values,
        others,
        inputLayout,
        outputLayout,
        decision,
        limits,
        maskBits,
        bands);
  }

  /**
   * The same network's card for the masks of a data set that names its categories: by name where
   * both have names, else by number.
   *
   * @param source what messages call the data set
   * @throws InvalidInputException if the data set has categories that the network does not know
   */
  public NetworkCard forMasksOf(Legend legend, String source) {
    return NamedMasks.read(this, legend, source);
  }

  /** The same card with other mask values; what means a category is not ignored. */
  NetworkCard withMasks(List<List<Integer>> values, List<Integer> others) {
    List<List<Integer>> counted =
        values.stream()
            .map(of -> of.stream().filter(value -> !others.contains(value)).toList())
            .toList();
    return withCategories(categories, thresholds, counted, others);
  }

  /**
   * Reads a card file.
   *
   * @throws InvalidInputException if it cannot be read or is no card, naming file and key
   */
  public static NetworkCard read(Path file) {
    try {
      return fromYaml(TextFile.read(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(file + ": there is no such network card", e);
    } catch (IOException e) {
      throw new InvalidInputException(
          file + ": the network card cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /**
   * Reads a card from YAML text.
   *
   * @param source where the text comes from; starts every error message
   * @throws InvalidInputException if the text is no card, naming source and key
   */
  public static NetworkCard fromYaml(String text, String source) {
    return CardYaml.parse(text, source);
  }

  /** The card as YAML text; {@link #fromYaml} reads an equal card from it. */
  public String toYaml() {
    return CardYaml.format(this);
  }

  /**
   * Writes the card as a YAML file, whole or not at all.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public void write(Path file) {
    Replacement.write(file, toYaml());
  }

  /**
   * Number of the category with this name, or with this number if no name matches.
   *
   * @throws InvalidInputException if there is none, naming the nearest names
   */
  public int index(String name) {
    return new CategoryNames(categories).index(name);
  }

  /**
   * Numbers of the categories in a list of names or numbers separated by commas, in its order.
   *
   * @throws InvalidInputException if it is empty, or names a category unknown or twice
   */
  public List<Integer> parse(String names) {
    return new CategoryNames(categories).parse(names);
  }

  /**
   * The card of the sub-network for some categories: {@value #OTHER}, which takes the mask values
   * of all categories not chosen, then the chosen in their order; without {@value #OTHER} if all
   * are chosen, or if categories are independent.
   *
   * @param chosen numbers of categories, distinct, at least one
   * @throws InvalidInputException if a chosen category is itself called {@value #OTHER}
   */
  public NetworkCard restrictedTo(List<Integer> chosen) {
    if (chosen.isEmpty() || new HashSet<>(chosen).size() < chosen.size()) {
      throw new IllegalArgumentException("expected distinct categories, found " + chosen);
    }
    List<String> names = new ArrayList<>();
    List<List<Integer>> values = new ArrayList<>();
    if (chosen.size() < categories.size() && !independent()) {
      names.add(OTHER);
      values.add(
          IntStream.range(0, categories.size())
              .filter(c -> !chosen.contains(c))
              .boxed()
              .flatMap(c -> maskValues.get(c).stream())
              .sorted()
              .toList());
    }
    for (int category : chosen) {
      if (names.contains(categories.get(category))) {
        throw new InvalidInputException(
            "category \"%s\" cannot be chosen: sub-networks call all that was not chosen so"
                .formatted(OTHER));
      }
      names.add(categories.get(category));
      values.add(maskValues.get(category));
    }
    List<Double> limits =
        thresholds.isEmpty() || names.size() > chosen.size()
            ? List.of()
            : chosen.stream().map(thresholds::get).toList();
    return withCategories(names, limits, values, ignored);
  }

  /** Whether mask values mean what they mean where nobody says anything. */
  boolean readsByNumber() {
    return maskValues.equals(valuesByNumber(categories.size(), ignored));
  }

  /**
   * Mask value i for category i, none where that value is ignored; for a single category all values
   * but 0, since masks of one object hold 0 and 1 or 0 and 255.
   */
  static List<List<Integer>> valuesByNumber(int categories, List<Integer> ignored) {
    if (categories == 1) {
      return List.of(
          IntStream.rangeClosed(1, CardChecks.LARGEST_16_BIT)
              .filter(value -> !ignored.contains(value))
              .boxed()
              .toList());
    }
    return IntStream.range(0, categories)
        .mapToObj(c -> ignored.contains(c) ? List.<Integer>of() : List.of(c))
        .toList();
  }
}
