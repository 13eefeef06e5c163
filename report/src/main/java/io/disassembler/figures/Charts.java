package io.disassembler.figures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;

/** Line charts in the style of the other figures. */
final class Charts {
  private static final BasicStroke SOLID = new BasicStroke(2);
  private static final BasicStroke DASHED =
      new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {6, 4}, 0);

  private Charts() {}

  /** A chart without lines yet. */
  static XYChart lines(String title, String x, String y, int width, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart
        .getStyler()
        .setChartBackgroundColor(Color.WHITE)
        .setChartFontColor(Colors.INK)
        .setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11))
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15))
        .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11))
        .setLegendBorderColor(Color.WHITE)
        .setLegendPosition(Styler.LegendPosition.OutsideE);
    chart
        .getStyler()
        .setPlotGridLinesColor(new Color(0xDD, 0xDD, 0xDD))
        .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
        .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11))
        .setErrorBarsColorSeriesColor(true)
        .setPlotBorderVisible(false);
    return chart;
  }

  /** A line of one colour. */
  static XYSeries style(XYSeries series, Color color, boolean solid) {
    series.setMarkerColor(color);
    series.setLineColor(color);
    series.setLineStyle(solid ? SOLID : DASHED);
    return series;
  }

  /** A chart as a drawing. */
  record Painted(XYChart chart) implements Drawing {
    @Override
    public int width() {
      return chart.getWidth();
    }

    @Override
    public int height() {
      return chart.getHeight();
    }

    @Override
    public void draw(Graphics2D graphics) {
      chart.paint(graphics, width(), height());
    }
  }
}
