package io.disassembler.cli.output;

import io.disassembler.CandidateCard;
import io.disassembler.SegmentationNetwork;
import io.disassembler.base.Replacement;
import io.disassembler.data.Bitmap;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.ImageDecoder;
import io.disassembler.data.Size;
import io.disassembler.report.MaskPainter;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** What a network sees in one image, however pixels may become its input, side by side. */
public final class TrialPicture {
  private static final String BACKGROUND = "background";
  private static final int COLUMNS = 4;
  private static final int GAP = 8;
  private static final int TITLE = 24;
  private static final int FONT = 14;

  private TrialPicture() {}

  /**
   * Draws the image, and for each candidate its mask. A category called background is left as the
   * image is.
   *
   * @throws io.disassembler.base.InvalidInputException if the image cannot be read or {@code file}
   *     not be written
   */
  public static void write(
      SegmentationNetwork network, Path image, List<CandidateCard> candidates, Path file) {
    Bitmap bitmap = ImageDecoder.read(image);
    Size size = bitmap.size();
    CategoryMapping mapping = painted(network);
    MaskPainter painter = new MaskPainter(mapping, MaskPainter.photograph(bitmap), size);
    List<String> titles = new ArrayList<>(List.of("image"));
    List<BufferedImage> panels = new ArrayList<>(List.of(painter.photograph()));
    TreeSet<Integer> seen = new TreeSet<>();
    for (CandidateCard candidate : candidates) {
      int[] mask = mapping.apply(network.segment(image, candidate.card()));
      for (int category : mask) {
        seen.add(category);
      }
      titles.add(titles.size() + ": " + candidate.name());
      panels.add(painter.categories(mask, size));
    }
    PictureLegend legend =
        new PictureLegend(
            seen.stream()
                .filter(category -> MaskPainter.color(mapping, category) >= 0)
                .map(
                    category ->
                        new PictureLegend.Entry(
                            mapping.names().get(category), MaskPainter.color(mapping, category)))
                .toList());
    Replacement.write(file, png(titles, panels, legend));
  }

  private static CategoryMapping painted(SegmentationNetwork network) {
    List<String> all = network.categories();
    List<Integer> painted =
        IntStream.range(0, all.size())
            .filter(category -> !all.get(category).equalsIgnoreCase(BACKGROUND))
            .boxed()
            .toList();
    return painted.isEmpty() ? CategoryMapping.identity(all) : CategoryMapping.of(all, painted);
  }

  private static byte[] png(List<String> titles, List<BufferedImage> panels, PictureLegend legend) {
    int width = panels.get(0).getWidth() + GAP;
    int height = panels.get(0).getHeight() + TITLE + GAP;
    int columns = Math.min(COLUMNS, panels.size());
    int rows = (panels.size() + columns - 1) / columns;
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, FONT);
    int below =
        legend.height(
            new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)
                .createGraphics()
                .getFontMetrics(font),
            columns * width - GAP);
    BufferedImage picture =
        new BufferedImage(
            columns * width + GAP, rows * height + GAP + below, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(font);
    for (int i = 0; i < panels.size(); i++) {
      int left = GAP + i % columns * width;
      int top = i / columns * height;
      graphics.setColor(Color.BLACK);
      graphics.drawString(titles.get(i), left, top + TITLE - GAP / 2);
      graphics.drawImage(panels.get(i), left, top + TITLE, null);
    }
    legend.draw(graphics, GAP, rows * height, columns * width - GAP);
    graphics.dispose();
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(picture, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
