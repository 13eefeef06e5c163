package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a mask file stores: numbers, numbers that a palette gives colours, or colours.
 *
 * <p>Which of a palette's two counts is the network card's to say: a legend with colours goes by
 * colour, any other by number.
 */
public final class Mask {
  private static final int NONE = -3;
  private static final int SEVERAL = -4;

  private final Path file;
  private final Size size;
  private final int[] stored;
  private final boolean colored;
  private final int @Nullable [] palette;
  private final @Nullable Overlaps overlaps;

  private Mask(Path file, Size size, int[] stored, boolean colored, int @Nullable [] palette) {
    this(file, size, stored, colored, palette, null);
  }

  private Mask(
      Path file,
      Size size,
      int[] stored,
      boolean colored,
      int @Nullable [] palette,
      @Nullable Overlaps overlaps) {
    if (stored.length != size.area()) {
      throw new IllegalArgumentException(stored.length + " values for a mask of " + size);
    }
    this.file = file;
    this.size = size;
    this.stored = stored;
    this.colored = colored;
    this.palette = palette;
    this.overlaps = overlaps;
  }

  /** Knows of each pixel all values that it has, where they may be several. */
  @FunctionalInterface
  public interface Overlaps {
    /**
     * All values of each pixel, row by row, as sets.
     *
     * @param meaning the set that a value adds; negative for one that makes pixels count nowhere
     *     that have no other
     */
    int[] sets(IntUnaryOperator meaning);
  }

  /**
   * Decodes a mask: an image of one page, or an array (NumPy's {@code .npy}, NIfTI).
   *
   * @throws InvalidInputException if it stores what cannot be categories, such as fractions,
   *     several pages, or values in the alpha channel alone
   * @throws BrokenImageException if it is damaged or no image
   * @throws IOException if the file cannot be read
   */
  public static Mask read(Path file) throws IOException {
    return ArrayFile.is(file) ? NpyMask.read(file) : MaskImage.read(file);
  }

  /**
   * A mask that was made otherwise.
   *
   * @param file where it comes from, for error messages
   * @param values row by row; not copied
   */
  public static Mask of(Path file, Size size, int[] values) {
    return new Mask(file, size, values, false, null);
  }

  /**
   * A mask whose pixels may have several values.
   *
   * @param values one for each pixel, where only one counts; not copied
   */
  public static Mask of(Path file, Size size, int[] values, Overlaps overlaps) {
    return new Mask(file, size, values, false, null, overlaps);
  }

  /**
   * A mask of planes, one for each value.
   *
   * @param planes for each value, from 0 on, whether a pixel has it, row by row; not copied
   */
  public static Mask ofPlanes(Path file, Size size, List<boolean[]> planes) {
    int[] single = new int[size.area()];
    for (int pixel = 0; pixel < single.length; pixel++) {
      single[pixel] = single(planes, pixel);
    }
    return of(file, size, single, meaning -> sets(planes, size, meaning));
  }

  private static int single(List<boolean[]> planes, int pixel) {
    int found = NONE;
    for (int value = 0; value < planes.size(); value++) {
      if (planes.get(value)[pixel]) {
        found = found == NONE ? value : SEVERAL;
      }
    }
    return found;
  }

  private static int[] sets(List<boolean[]> planes, Size size, IntUnaryOperator meaning) {
    int[] sets = new int[size.area()];
    boolean[] ignored = new boolean[sets.length];
    for (int value = 0; value < planes.size(); value++) {
      int set = meaning.applyAsInt(value);
      boolean[] plane = planes.get(value);
      for (int pixel = 0; pixel < sets.length; pixel++) {
        if (plane[pixel] && set < 0) {
          ignored[pixel] = true;
        } else if (plane[pixel]) {
          sets[pixel] |= set;
        }
      }
    }
    for (int pixel = 0; pixel < sets.length; pixel++) {
      if (ignored[pixel] && sets[pixel] == 0) {
        sets[pixel] = MaskLabels.IGNORED;
      }
    }
    return sets;
  }

  /**
   * A mask of numbers that have colours.
   *
   * @param palette {@code 0xRRGGBB} for each number
   */
  static Mask ofPalette(Path file, Size size, int[] values, int[] palette) {
    return new Mask(file, size, values, false, palette);
  }

  /**
   * A mask of colours.
   *
   * @param colors {@code 0xRRGGBB} row by row; not copied
   */
  static Mask ofColors(Path file, Size size, int[] colors) {
    return new Mask(file, size, colors, true, null);
  }

  /** Where it was read from. */
  public Path file() {
    return file;
  }

  public Size size() {
    return size;
  }

  /**
   * The numbers row by row; not a copy.
   *
   * @throws InvalidInputException if it stores colours
   */
  public int[] values() {
    requireOne();
    if (colored) {
      throw new ColorReport().add(colors()).needsLegend(file + ": expected a mask of numbers");
    }
    return stored;
  }

  /**
   * The same by colour, where all colours that it shows, its own or its palette's, have a meaning;
   * else itself.
   *
   * @param meaning values by colour, {@code 0xRRGGBB}
   */
  public Mask byColor(Map<Integer, Integer> meaning) {
    boolean known =
        colored
            ? Arrays.stream(stored).allMatch(meaning::containsKey)
            : palette != null && meaning.keySet().containsAll(usedPalette().values());
    return known
        ? of(
            file,
            size,
            Arrays.stream(colors()).map(color -> meaning.getOrDefault(color, 0)).toArray())
        : this;
  }

  private void requireOne() {
    if (overlaps != null) {
      long wrong = Arrays.stream(stored).filter(value -> value == NONE || value == SEVERAL).count();
      if (wrong > 0) {
        throw new InvalidInputException(
            "%s: expected one category at each pixel; %d of %d pixels have none or several; if categories may overlap, say 'decision: independent' in the network card"
                .formatted(file, wrong, stored.length),
            Setting.CARD);
      }
    }
  }

  /** All values of each pixel; empty if the mask knows one for each. */
  Optional<Overlaps> overlaps() {
    return Optional.ofNullable(overlaps);
  }

  /** True if it stores colours and no numbers. */
  boolean colored() {
    return colored;
  }

  /** {@code 0xRRGGBB} row by row; of a number without a palette the grey of that value. */
  int[] colors() {
    if (colored) {
      return stored;
    }
    return Arrays.stream(stored).map(this::color).toArray();
  }

  /** The colours of the numbers that occur, where a palette gives them any. */
  Map<Integer, Integer> usedPalette() {
    Map<Integer, Integer> used = new TreeMap<>();
    if (palette != null) {
      boolean[] occurs = new boolean[palette.length];
      for (int value : stored) {
        if (value < occurs.length) {
          occurs[value] = true;
        }
      }
      for (int value = 0; value < occurs.length; value++) {
        if (occurs[value]) {
          used.put(value, palette[value]);
        }
      }
    }
    return used;
  }

  private int color(int value) {
    if (palette != null) {
      return value < palette.length ? palette[value] : 0;
    }
    return value >= 0 && value <= 255 ? value * 0x010101 : value;
  }
}
