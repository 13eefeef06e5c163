package io.disassembler.data.layout;

import io.disassembler.data.Size;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/** The pixels of one instance. */
sealed interface Region {
  /** Sets its pixels, as {@code 0xRRGGBB}. */
  void fill(BufferedImage canvas, int value);

  /** How large it is in pixels; parts that cover each other count twice. */
  double area();

  /** Whether it may show in an image of that size. */
  boolean touches(Size image);

  /**
   * The union of polygons; a pixel belongs if its centre is inside.
   *
   * @param outlines x and y in turns, in pixels from the upper left corner of the image
   */
  record Polygons(List<double[]> outlines) implements Region {
    @Override
    public void fill(BufferedImage canvas, int value) {
      Graphics2D graphics = canvas.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.setColor(new Color(value));
      for (double[] outline : outlines) {
        Path2D path = new Path2D.Double();
        path.moveTo(outline[0], outline[1]);
        for (int i = 2; i + 1 < outline.length; i += 2) {
          path.lineTo(outline[i], outline[i + 1]);
        }
        path.closePath();
        graphics.fill(path);
      }
      graphics.dispose();
    }

    /** By the trapezoids between each edge and an axis (Gauss). */
    @Override
    public double area() {
      double sum = 0;
      for (double[] outline : outlines) {
        double twice = 0;
        for (int i = 0; i < outline.length; i += 2) {
          int next = (i + 2) % outline.length;
          twice += outline[i] * outline[next + 1] - outline[next] * outline[i + 1];
        }
        sum += Math.abs(twice) / 2;
      }
      return sum;
    }

    @Override
    public boolean touches(Size image) {
      return outlines.stream()
          .anyMatch(
              outline -> reaches(outline, 0, image.width()) && reaches(outline, 1, image.height()));
    }

    /** Whether the outline's extent along an axis overlaps that of the image. */
    private static boolean reaches(double[] outline, int axis, int extent) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = axis; i < outline.length; i += 2) {
        least = Math.min(least, outline[i]);
        most = Math.max(most, outline[i]);
      }
      return least < extent && most > 0;
    }
  }

  /**
   * Run lengths over the columns of the image, from top to bottom and left to right.
   *
   * @param counts pixels outside, inside, outside ...; they sum up to those of the image
   */
  record RunLengths(int[] counts) implements Region {
    /**
     * Decodes COCO's compressed form: five bits in each character from 48 on, the sixth says that
     * the number goes on; from the fourth number on the difference to that two before.
     */
    static RunLengths decode(String text) {
      int[] counts = new int[text.length()];
      int count = 0;
      int at = 0;
      while (at < text.length()) {
        int number = 0;
        int shift = 0;
        int bits;
        do {
          bits = at < text.length() ? text.charAt(at++) - '0' : 0;
          number |= (bits & 0x1f) << shift;
          shift += 5;
        } while ((bits & 0x20) != 0);
        if ((bits & 0x10) != 0 && shift < Integer.SIZE) {
          number |= -1 << shift;
        }
        counts[count] = count > 2 ? number + counts[count - 2] : number;
        count++;
      }
      return new RunLengths(Arrays.copyOf(counts, count));
    }

    /** Whether the runs are those of an image of so many pixels. */
    boolean cover(long pixels) {
      long sum = 0;
      for (int count : counts) {
        if (count < 0) {
          return false;
        }
        sum += count;
      }
      return sum == pixels;
    }

    @Override
    public double area() {
      double sum = 0;
      for (int run = 1; run < counts.length; run += 2) {
        sum += counts[run];
      }
      return sum;
    }

    @Override
    public boolean touches(Size image) {
      return area() > 0;
    }

    @Override
    public void fill(BufferedImage canvas, int value) {
      int height = canvas.getHeight();
      int pixel = 0;
      for (int run = 0; run < counts.length; run++) {
        if (run % 2 == 1) {
          for (int i = 0; i < counts[run]; i++) {
            canvas.setRGB((pixel + i) / height, (pixel + i) % height, value);
          }
        }
        pixel += counts[run];
      }
    }
  }
}
