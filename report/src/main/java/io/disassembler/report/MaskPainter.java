package io.disassembler.report;

import io.disassembler.data.Bitmap;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.Size;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Paints masks over photographs, in one colour for each category. */
public final class MaskPainter {
  /** Colours that the colour-blind tell apart (Okabe and Ito, 2008). */
  private static final List<Integer> COLORS =
      List.of(0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0xCC79A7);

  /** The full network alone sees a chosen category. */
  static final int LOST = 0xD55E00;

  /** The sub-network alone sees a chosen category. */
  static final int GAINED = 0x0072B2;

  /** Both see a chosen category, but different ones. */
  static final int CONFUSED = 0xCC79A7;

  private static final double GOLDEN = 0.618034;
  private static final double OPACITY = 0.65;
  private static final int WIDEST = 320;

  private final CategoryMapping mapping;
  private final BufferedImage photograph;

  /**
   * @param photograph in colours, of any size
   * @param size what masks are of, of volumes their middle slice is painted; the pictures are no
   *     wider than {@value #WIDEST} pixels
   */
  public MaskPainter(CategoryMapping mapping, BufferedImage photograph, Size size) {
    this.mapping = mapping;
    double scale = Math.min(1, (double) WIDEST / size.width());
    this.photograph =
        scaled(
            photograph,
            Math.max(1, (int) Math.round(scale * size.width())),
            Math.max(1, (int) Math.round(scale * size.height())));
  }

  /** A decoded image to paint over. */
  public static BufferedImage photograph(Bitmap bitmap) {
    BufferedImage image =
        new BufferedImage(
            bitmap.size().width(), bitmap.size().height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb =
            bitmap.sample(y, x, 0) << 16 | bitmap.sample(y, x, 1) << 8 | bitmap.sample(y, x, 2);
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  /** The photograph, as wide as masks are painted. */
  public BufferedImage photograph() {
    return photograph;
  }

  /** A mask of the network's categories over the photograph in grey. */
  public BufferedImage categories(int[] mask, Size size) {
    return painted(
        size, pixel -> mapping.independent() ? mixed(mask[pixel]) : color(mapping, mask[pixel]));
  }

  /** Where two masks differ, over the photograph in grey. */
  BufferedImage difference(int[] full, int[] network, Size size) {
    if (mapping.independent()) {
      return painted(size, pixel -> differing(full[pixel], network[pixel]));
    }
    boolean hasOther = mapping.hasOther();
    return painted(
        size,
        pixel -> {
          if (full[pixel] == network[pixel]) {
            return NONE;
          }
          if (hasOther && network[pixel] == 0) {
            return LOST;
          }
          return hasOther && full[pixel] == 0 ? GAINED : CONFUSED;
        });
  }

  private static int differing(int full, int network) {
    if (full == network) {
      return NONE;
    }
    if ((full & ~network) == 0) {
      return GAINED;
    }
    return (network & ~full) == 0 ? LOST : CONFUSED;
  }

  /** The mean colour of the categories in a set. */
  private int mixed(int set) {
    int red = 0;
    int green = 0;
    int blue = 0;
    int count = 0;
    for (int category = 0; set > 0 && category < mapping.names().size(); category++) {
      if ((set >> category & 1) != 0) {
        int color = color(mapping, category);
        red += color >> 16 & 0xFF;
        green += color >> 8 & 0xFF;
        blue += color & 0xFF;
        count++;
      }
    }
    return count == 0 ? NONE : (red / count) << 16 | (green / count) << 8 | (blue / count);
  }

  /** No colour: the photograph shows. */
  public static final int NONE = -1;

  /** The colour of a category, by its number; {@link #NONE} for other and where none is meant. */
  public static int color(CategoryMapping mapping, int category) {
    int chosen = category - mapping.firstChosen();
    if (category < 0 || chosen < 0 || category >= mapping.names().size()) {
      return NONE;
    }
    return chosen < COLORS.size()
        ? COLORS.get(chosen)
        : Color.HSBtoRGB((float) (chosen * GOLDEN % 1), 0.7f, 0.9f) & 0xFFFFFF;
  }

  private interface Paint {
    int color(int pixel);
  }

  private BufferedImage painted(Size size, Paint paint) {
    BufferedImage image =
        new BufferedImage(
            photograph.getWidth(), photograph.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      int row = (2 * y + 1) * size.height() / (2 * image.getHeight());
      for (int x = 0; x < image.getWidth(); x++) {
        int column = (2 * x + 1) * size.width() / (2 * image.getWidth());
        int gray = gray(photograph.getRGB(x, y));
        int color = paint.color(size.middle() + row * size.width() + column);
        image.setRGB(x, y, color == NONE ? gray * 0x010101 : blend(color, gray));
      }
    }
    return image;
  }

  private static int blend(int color, int gray) {
    int red = mix(color >> 16 & 0xFF, gray);
    int green = mix(color >> 8 & 0xFF, gray);
    int blue = mix(color & 0xFF, gray);
    return red << 16 | green << 8 | blue;
  }

  private static int mix(int color, int gray) {
    return (int) Math.round(OPACITY * color + (1 - OPACITY) * gray);
  }

  private static int gray(int rgb) {
    return (int)
        Math.round(0.299 * (rgb >> 16 & 0xFF) + 0.587 * (rgb >> 8 & 0xFF) + 0.114 * (rgb & 0xFF));
  }

  private static BufferedImage scaled(BufferedImage image, int width, int height) {
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }
}
