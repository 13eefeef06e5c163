package io.disassembler.figures;

import io.disassembler.figures.Text.Anchor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sets and the sizes of their exact intersections (UpSet; Lex et al., IEEE TVCG 2014): a bar for
 * each intersection, dots below it for the sets that take part, and to the left how large each set
 * is.
 */
final class UpSet implements Drawing {
  private static final int MARGIN = 12;
  private static final int GAP = 6;
  private static final float TITLE = 15;
  private static final float NOTE = 11;
  private static final int BARS = 150;
  private static final int SET_BARS = 110;
  private static final int COLUMN = 22;
  private static final int FEWEST_COLUMNS = 12;
  private static final Color STRIPE = new Color(0xF3, 0xF3, 0xF3);
  private static final Color EMPTY = new Color(0xD8, 0xD8, 0xD8);

  private final String title;
  private final String note;
  private final Axis sets;
  private final List<Integer> sizes;
  private final List<SharedKernels.Combination> shown;
  private final int left;
  private final int top;

  /**
   * @param names of the sets
   * @param sizes of the sets
   * @param shown the intersections, by places of the sets
   */
  UpSet(
      String title,
      String note,
      List<String> names,
      List<Integer> sizes,
      List<SharedKernels.Combination> shown) {
    this.title = title;
    this.note = note;
    this.sizes = sizes;
    this.shown = shown;
    Axis wide = Axis.labelled("category", names, 260);
    sets = new Axis("category", names.size(), Math.min(COLUMN, wide.cell()), names, List.of());
    double count = Text.length(widest(), sets.fontSize());
    left = (int) Math.ceil(MARGIN + count + SET_BARS + 2 * GAP + sets.longestLabel() + GAP);
    top = (int) Math.ceil(MARGIN + Text.lineHeight(TITLE) + Text.lineHeight(NOTE) + BARS + 4 * GAP);
  }

  private String widest() {
    return Integer.toString(sizes.stream().mapToInt(size -> size).max().orElse(0));
  }

  @Override
  public int width() {
    int plot = left + Math.max(FEWEST_COLUMNS, shown.size()) * COLUMN + MARGIN;
    return Math.max(
        plot,
        (int) Math.ceil(2 * MARGIN + Math.max(Text.length(title, TITLE), Text.length(note, NOTE))));
  }

  @Override
  public int height() {
    return top + sets.extent() + MARGIN;
  }

  /** Everything that is written. */
  List<Text> texts() {
    List<Text> texts = new ArrayList<>();
    double y = MARGIN + Text.lineHeight(TITLE) / 2;
    texts.add(Text.across(title, MARGIN, y, TITLE, Anchor.START));
    y += Text.lineHeight(TITLE) / 2 + Text.lineHeight(NOTE) / 2 + 2;
    texts.add(Text.across(note, MARGIN, y, NOTE, Anchor.START));
    for (int set = 0; set < sets.count(); set++) {
      double middle = top + (set + 0.5) * sets.cell();
      texts.add(
          Text.across(sets.labels().get(set), left - GAP, middle, sets.fontSize(), Anchor.END));
      texts.add(
          Text.across(
              Integer.toString(sizes.get(set)),
              setBar(set).getX() - 4,
              middle,
              sets.fontSize(),
              Anchor.END));
    }
    for (int i = 0; i < shown.size(); i++) {
      Rectangle2D bar = bar(i);
      texts.add(
          Text.across(
              Integer.toString(shown.get(i).kernels()),
              bar.getCenterX(),
              bar.getY() - Text.lineHeight(NOTE) / 2,
              NOTE,
              Anchor.MIDDLE));
    }
    return texts;
  }

  @Override
  public void draw(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width(), height());
    graphics.setColor(STRIPE);
    for (int set = 0; set < sets.count(); set += 2) {
      graphics.fillRect(left, top + set * sets.cell(), width() - MARGIN - left, sets.cell());
    }
    graphics.setColor(Colors.SERIES.get(0));
    IntStream.range(0, sets.count()).forEach(set -> graphics.fill(setBar(set)));
    for (int i = 0; i < shown.size(); i++) {
      graphics.setColor(Colors.INK);
      graphics.fill(bar(i));
      dots(graphics, i);
    }
    graphics.setColor(Colors.INK);
    texts().forEach(text -> text.draw(graphics));
  }

  private void dots(Graphics2D graphics, int column) {
    List<Integer> members = shown.get(column).categories();
    double radius = Math.min(5, 0.36 * sets.cell());
    double x = left + (column + 0.5) * COLUMN;
    graphics.setColor(EMPTY);
    IntStream.range(0, sets.count()).forEach(set -> dot(graphics, x, set, radius));
    graphics.setColor(Colors.INK);
    members.forEach(set -> dot(graphics, x, set, radius));
    graphics.setStroke(new BasicStroke(2));
    graphics.draw(new Line2D.Double(x, y(members.get(0)), x, y(members.get(members.size() - 1))));
  }

  private void dot(Graphics2D graphics, double x, int set, double radius) {
    graphics.fill(new Ellipse2D.Double(x - radius, y(set) - radius, 2 * radius, 2 * radius));
  }

  private double y(int set) {
    return top + (set + 0.5) * sets.cell();
  }

  private Rectangle2D bar(int column) {
    double most = shown.isEmpty() ? 1 : shown.get(0).kernels();
    double height = BARS * shown.get(column).kernels() / most;
    return new Rectangle2D.Double(
        left + column * COLUMN + 4, top - GAP - height, COLUMN - 8, height);
  }

  private Rectangle2D setBar(int set) {
    double most = Math.max(1, sizes.stream().mapToInt(size -> size).max().orElse(1));
    double width = SET_BARS * sizes.get(set) / most;
    double right = left - 2 * GAP - sets.longestLabel();
    return new Rectangle2D.Double(
        right - width, top + set * sets.cell() + 0.2 * sets.cell(), width, 0.6 * sets.cell());
  }
}
