package io.disassembler.cli.output;

import io.disassembler.SegmentationNetwork;
import io.disassembler.base.Replacement;
import io.disassembler.data.Bitmap;
import io.disassembler.data.ImageDecoder;
import io.disassembler.data.ImageFolder;
import io.disassembler.data.Mask;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.scenes.Example;
import io.disassembler.scenes.SceneCategory;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Draws test scenes beside what two networks see in them, a row for each scene. */
public final class DemoPicture {
  private static final int ROWS = 4;
  private static final int GAP = 6;
  private static final int TITLE = 26;
  private static final int TITLE_SIZE = 14;
  private static final double TINT = 0.7;

  /** Colour over what a network takes for none of the chosen categories. */
  private static final int OTHER = 0x16181c;

  private final Size size;
  private final BufferedImage picture;
  private final Graphics2D graphics;

  private DemoPicture(Size size, PictureLegend legend) {
    this.size = size;
    int panels = TITLE + ROWS * (size.height() + GAP);
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, TITLE_SIZE);
    int width = column(3) - 2 * GAP;
    int below =
        legend.height(
            new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)
                .createGraphics()
                .getFontMetrics(font),
            width);
    picture = new BufferedImage(column(3), panels + below + GAP, BufferedImage.TYPE_INT_RGB);
    graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(font);
    legend.draw(graphics, GAP, panels, width);
  }

  /**
   * Draws the test scenes that show most of a category.
   *
   * @param small a network cut for it from the example's
   * @throws io.disassembler.base.InvalidInputException if {@code file} cannot be written
   */
  public static void write(Example example, Path small, SceneCategory category, Path file) {
    try (SegmentationNetwork full = SegmentationNetwork.open(example.model());
        SegmentationNetwork cut = SegmentationNetwork.open(small)) {
      List<Sample> samples = showingMost(category, example.test());
      DemoPicture drawn =
          new DemoPicture(ImageDecoder.read(samples.get(0).image()).size(), legend());
      drawn.titles("scene", "full network", category.label() + " network");
      for (int row = 0; row < samples.size(); row++) {
        Path scene = samples.get(row).image();
        Bitmap image = ImageDecoder.read(scene);
        drawn.panel(row, 0, image, pixel -> -1);
        int[] all = full.segment(scene);
        drawn.panel(row, 1, image, pixel -> SceneCategory.of(all[pixel]).color());
        int[] chosen = cut.segment(scene);
        drawn.panel(row, 2, image, pixel -> chosen[pixel] == 0 ? OTHER : category.color());
      }
      Replacement.write(file, drawn.png());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By the masks, not by what a network sees. */
  private static List<Sample> showingMost(SceneCategory category, Path scenes) throws IOException {
    List<Sample> samples =
        ImageFolder.open(scenes.resolve("images"), scenes.resolve("masks")).samples();
    long[] shown = new long[samples.size()];
    for (int i = 0; i < shown.length; i++) {
      int[] values = Mask.read(Objects.requireNonNull(samples.get(i).mask())).values();
      shown[i] = Arrays.stream(values).filter(value -> value == category.maskValue()).count();
    }
    return samples.stream()
        .sorted(Comparator.comparingLong(sample -> -shown[samples.indexOf(sample)]))
        .limit(ROWS)
        .toList();
  }

  private static PictureLegend legend() {
    return new PictureLegend(
        Stream.concat(
                Arrays.stream(SceneCategory.values())
                    .map(shown -> new PictureLegend.Entry(shown.label(), shown.color())),
                Stream.of(new PictureLegend.Entry("other", OTHER)))
            .toList());
  }

  private int column(int panel) {
    return GAP + panel * (size.width() + GAP);
  }

  private void titles(String... titles) {
    graphics.setColor(Color.BLACK);
    for (int panel = 0; panel < titles.length; panel++) {
      graphics.drawString(titles[panel], column(panel), TITLE - GAP - 2);
    }
  }

  /**
   * @param colors of each pixel the colour laid over it, -1 for none
   */
  private void panel(int row, int panel, Bitmap image, IntUnaryOperator colors) {
    int left = column(panel);
    int top = TITLE + row * (size.height() + GAP);
    for (int pixel = 0; pixel < size.area(); pixel++) {
      int color = colors.applyAsInt(pixel);
      int mixed = 0;
      for (int channel = 0; channel < 3; channel++) {
        int own = image.sample(pixel / size.width(), pixel % size.width(), channel);
        int over = color >> (16 - 8 * channel) & 0xff;
        mixed = mixed << 8 | (color < 0 ? own : (int) Math.round(own + (over - own) * TINT));
      }
      picture.setRGB(left + pixel % size.width(), top + pixel / size.width(), mixed);
    }
  }

  private byte[] png() throws IOException {
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(picture, "png", bytes)) {
      throw new IOException("no writer of PNG");
    }
    return bytes.toByteArray();
  }
}
