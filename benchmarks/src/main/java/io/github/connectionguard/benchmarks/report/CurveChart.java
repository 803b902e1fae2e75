package io.github.connectionguard.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * Draws a curve for each column, over rows that begin with a number, such as
 * {@code 100 connections}.
 */
final class CurveChart {

	private CurveChart() {
	}

	static JFreeChart of(Chart chart) {
		Map<String, XYIntervalSeries> curves = new LinkedHashMap<>();
		for (Measurement measurement : chart.measurements()) {
			double x = x(measurement);
			curves.computeIfAbsent(measurement.column(), XYIntervalSeries::new)
				.add(x, x, x, measurement.median(), measurement.low(), measurement.high());
		}
		XYErrorRenderer renderer = ChartStyle.renderer(true);
		renderer.setDrawXError(false);
		XYIntervalSeriesCollection figures = new XYIntervalSeriesCollection();
		int others = 0;
		for (Map.Entry<String, XYIntervalSeries> curve : curves.entrySet()) {
			renderer.setSeriesPaint(figures.getSeriesCount(), ChartStyle.paint(curve.getKey(), others));
			others += ChartStyle.paint(curve.getKey(), others).equals(ChartStyle.GUARD) ? 0 : 1;
			figures.addSeries(curve.getValue());
		}
		String what = chart.measurements().get(0).row().replaceFirst("^[\\d,.]+ *", "");
		XYPlot plot = new XYPlot(figures, ChartStyle.axis(what, chart.logarithmic()),
				ChartStyle.axis(chart.axis(), chart.logarithmic()), renderer);
		return ChartStyle.chart(chart.title(), plot, true);
	}

	private static double x(Measurement measurement) {
		return Double.parseDouble(measurement.row().split(" ")[0].replace(",", ""));
	}

}
