package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through all masks before anything is computed: what makes one of them meaningless would
 * otherwise show only when the work comes to it, or, where files contradict each other, never.
 */
public final class MaskSurvey {
  private static final Logger LOG = LoggerFactory.getLogger(MaskSurvey.class);

  private final MaskLabels labels;
  private final Preprocessor preprocessor;

  private MaskSurvey(NetworkCard card) {
    labels = new MaskLabels(card);
    preprocessor = new Preprocessor(card, card.volumes() ? new Size(1, 1, 1) : new Size(1, 1));
  }

  /**
   * Reads the masks of all samples that have one. Damaged files are left to the {@link
   * ImageLoader}, which counts them.
   *
   * @throws InvalidInputException if a mask has a value that the card does not know, shows colours
   *     that the card does not explain, does not fit its image, or if one number has different
   *     colours in two palettes; a warning says how many masks are of another size than their image
   */
  public static void require(List<Sample> samples, NetworkCard card) {
    MaskSurvey survey = new MaskSurvey(card);
    List<Seen> seen =
        samples.parallelStream()
            .filter(sample -> sample.mask() != null)
            .map(survey::look)
            .filter(Objects::nonNull)
            .toList();
    survey.requireLegend(seen);
    survey.requireOnePalette(seen);
    requireMeanings(seen);
    reportSizes(seen);
  }

  private @Nullable Seen look(Sample sample) {
    try {
      Mask mask = preprocessor.mask(sample);
      if (mask == null) {
        return null;
      }
      Size image = imageSize(sample, mask);
      if (mask.colored() && !labels.byColor()) {
        return new Seen(mask, image, new ColorReport().add(mask.colors()));
      }
      labels.labels(mask);
      if (!MaskSize.fits(mask.size(), image)) {
        throw MaskSize.doesNotFit(mask, sample.image(), image);
      }
      return new Seen(mask, image, null);
    } catch (InvalidInputException e) {
      return new Seen(String.valueOf(sample.mask()), null, null, Map.of(), null, e);
    } catch (IOException e) {
      return null;
    }
  }

  /** Of an image that cannot be read, the mask's: the loader will skip both. */
  private Size imageSize(Sample sample, Mask mask) {
    try {
      return preprocessor.sizeOf(sample.image());
    } catch (IOException e) {
      return mask.size();
    }
  }

  private void requireLegend(List<Seen> seen) {
    ColorReport all = new ColorReport();
    List<Seen> colored = seen.stream().filter(mask -> mask.colors() != null).toList();
    for (Seen mask : colored) {
      all.add(Objects.requireNonNull(mask.colors()));
    }
    if (!colored.isEmpty()) {
      throw all.needsLegend(
          "%s%s: expected a mask of category numbers"
              .formatted(
                  colored.get(0).file(),
                  colored.size() > 1 ? " and %d more".formatted(colored.size() - 1) : ""));
    }
  }

  private void requireOnePalette(List<Seen> seen) {
    if (labels.byColor()) {
      return;
    }
    Map<Integer, Integer> colors = new TreeMap<>();
    Map<Integer, String> firsts = new TreeMap<>();
    for (Seen mask : seen) {
      mask.palette()
          .forEach(
              (number, color) -> {
                Integer before = colors.putIfAbsent(number, color);
                String first = firsts.computeIfAbsent(number, unused -> mask.file());
                if (before != null && !before.equals(color)) {
                  throw differ(first, mask.file(), number, before, color, seen);
                }
              });
    }
  }

  private static InvalidInputException differ(
      String first, String second, int number, int before, int color, List<Seen> seen) {
    List<String> all =
        seen.stream()
            .flatMap(mask -> mask.palette().values().stream())
            .distinct()
            .sorted()
            .map(MaskColor::rgbText)
            .toList();
    return new InvalidInputException(
        "%s and %s: their palettes differ: %d is %s in the first and %s in the second, so numbers mean different things; say in the network card what the colours mean, in the order of its categories: masks: {values: [\"%s\"], ignore: []}"
            .formatted(
                first,
                second,
                number,
                MaskColor.rgbText(before),
                MaskColor.rgbText(color),
                String.join("\", \"", all)));
  }

  private static void requireMeanings(List<Seen> seen) {
    List<InvalidInputException> problems =
        seen.stream().map(Seen::problem).filter(Objects::nonNull).toList();
    if (problems.size() == 1) {
      throw problems.get(0);
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(
          "%s; %d of %d masks are like that"
              .formatted(problems.get(0).getMessage(), problems.size(), seen.size()),
          problems.get(0));
    }
  }

  private static void reportSizes(List<Seen> seen) {
    List<Seen> others =
        seen.stream().filter(mask -> !Objects.equals(mask.size(), mask.image())).toList();
    if (!others.isEmpty()) {
      Seen first = others.get(0);
      LOG.warn(
          "{}: {} of {} masks are of another size than their image (this one is {}, its image {}); they are resized to their image's by nearest neighbour",
          first.file(),
          others.size(),
          seen.size(),
          first.size(),
          first.image());
    }
  }

  /**
   * What a look at one mask found.
   *
   * @param colors those that it shows and the card does not explain
   */
  private record Seen(
      String file,
      @Nullable Size size,
      @Nullable Size image,
      Map<Integer, Integer> palette,
      @Nullable ColorReport colors,
      @Nullable InvalidInputException problem) {

    Seen(Mask mask, Size image, @Nullable ColorReport colors) {
      this(mask.file().toString(), mask.size(), image, mask.usedPalette(), colors, null);
    }
  }
}
