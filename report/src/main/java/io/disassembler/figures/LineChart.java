package io.disassembler.figures;

import java.awt.Graphics2D;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines over two axes that start at 0.
 *
 * @param x what the horizontal axis measures
 * @param y what the vertical axis measures
 * @param lines each with at least one point
 */
public record LineChart(String title, String x, String y, List<Line> lines) implements Drawing {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 400;

  /**
   * Points that are joined.
   *
   * @param x of each point
   * @param y of each point
   * @param error how far each y may be off, in both directions; empty where that is not known
   */
  public record Line(String name, List<Double> x, List<Double> y, List<Double> error) {
    public Line {
      x = List.copyOf(x);
      y = List.copyOf(y);
      error = List.copyOf(error);
    }

    /** A line of which nobody knows how far it may be off. */
    public Line(String name, List<Double> x, List<Double> y) {
      this(name, x, y, List.of());
    }
  }

  public LineChart {
    lines = List.copyOf(lines);
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public void draw(Graphics2D graphics) {
    XYChart chart = Charts.lines(title, x, y, WIDTH, HEIGHT);
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setXAxisDecimalPattern("0.###");
    chart.getStyler().setYAxisDecimalPattern("0.###");
    chart.getStyler().setLegendVisible(lines.size() > 1);
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      // Beyond as many lines as there are colours, dashes tell them apart.
      boolean solid = i / Colors.SERIES.size() % 2 == 0;
      Charts.style(
              line.error().isEmpty()
                  ? chart.addSeries(line.name(), line.x(), line.y())
                  : chart.addSeries(line.name(), line.x(), line.y(), line.error()),
              Colors.SERIES.get(i % Colors.SERIES.size()),
              solid)
          .setMarker(SeriesMarkers.CIRCLE);
    }
    chart.paint(graphics, WIDTH, HEIGHT);
  }
}
