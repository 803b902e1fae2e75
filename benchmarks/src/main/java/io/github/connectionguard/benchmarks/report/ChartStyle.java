package io.github.connectionguard.benchmarks.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.RectangleInsets;

/**
 * What all charts look like: dark on white, on any page.
 */
final class ChartStyle {

	static final Color GUARD = new Color(0xC2, 0x41, 0x0C);

	private static final Color[] OTHERS = { new Color(0x1D, 0x4E, 0xD8), new Color(0x0F, 0x76, 0x6E),
			new Color(0x6B, 0x21, 0xA8), new Color(0x52, 0x52, 0x5B), new Color(0xA1, 0x62, 0x07),
			new Color(0xBE, 0x18, 0x5D) };

	private static final Color GRID = new Color(0xD4, 0xD4, 0xD8);

	private static final Shape DOT = new Rectangle2D.Double(-3, -3, 6, 6);

	private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

	private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);

	private ChartStyle() {
	}

	static Paint paint(String column, int others) {
		return column.toLowerCase(Locale.ROOT).contains("guard") ? GUARD : OTHERS[others % OTHERS.length];
	}

	static ValueAxis axis(String label, boolean logarithmic) {
		if (!logarithmic) {
			return styled(new NumberAxis(label));
		}
		LogAxis axis = new LogAxis(label);
		axis.setTickUnit(new NumberTickUnit(1)); // a power of ten
		axis.setNumberFormatOverride(new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)));
		axis.setMinorTickMarksVisible(true);
		return styled(axis);
	}

	/**
	 * Have a logarithmic axis begin and end at powers of ten, so that two at least are
	 * named.
	 */
	private static void round(ValueAxis axis) {
		if (axis instanceof LogAxis) {
			axis.setRange(Math.pow(10, Math.floor(Math.log10(axis.getLowerBound()))),
					Math.pow(10, Math.ceil(Math.log10(axis.getUpperBound()))));
		}
	}

	static <A extends ValueAxis> A styled(A axis) {
		axis.setTickLabelFont(TEXT);
		axis.setLabelFont(TEXT);
		return axis;
	}

	static XYErrorRenderer renderer(boolean lines) {
		XYErrorRenderer renderer = new XYErrorRenderer();
		renderer.setDefaultLinesVisible(lines);
		renderer.setDrawOutlines(false);
		renderer.setCapLength(0);
		renderer.setAutoPopulateSeriesShape(false);
		renderer.setDefaultShape(DOT);
		renderer.setAutoPopulateSeriesStroke(false);
		renderer.setDefaultStroke(new BasicStroke(1.5f));
		return renderer;
	}

	static JFreeChart chart(String title, XYPlot plot, boolean legend) {
		round(plot.getDomainAxis());
		round(plot.getRangeAxis());
		plot.setBackgroundPaint(Color.WHITE);
		plot.setDomainGridlinePaint(GRID);
		plot.setRangeGridlinePaint(GRID);
		plot.setOutlineVisible(false);
		JFreeChart chart = new JFreeChart(title, TITLE, plot, legend);
		chart.setBackgroundPaint(Color.WHITE);
		chart.setPadding(new RectangleInsets(8, 8, 8, 40));
		if (legend) {
			chart.getLegend().setItemFont(TEXT);
		}
		return chart;
	}

}
