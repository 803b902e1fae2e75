package io.github.connectionguard.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * Draws a line for each figure, with a dot and its range.
 */
final class DotChart {

	private static final int HEIGHT_OF_LINE = 17;

	private final List<String> labels = new ArrayList<>();

	private final XYIntervalSeries guard = new XYIntervalSeries("guard");

	private final XYIntervalSeries others = new XYIntervalSeries("others");

	private DotChart() {
	}

	static int height(Chart chart) {
		return HEIGHT_OF_LINE * lines(chart).labels.size();
	}

	static JFreeChart of(Chart chart) {
		return lines(chart).draw(chart);
	}

	private static DotChart lines(Chart chart) {
		DotChart lines = new DotChart();
		List<Measurement> measurements = new ArrayList<>(chart.measurements());
		Collections.reverse(measurements);
		String row = measurements.get(0).row();
		for (Measurement measurement : measurements) {
			if (!measurement.row().equals(row)) {
				lines.labels.add(row + ":");
				row = measurement.row();
			}
			lines.add(measurement);
		}
		if (!Objects.equals(row, measurements.get(0).row())) {
			lines.labels.add(row + ":");
		}
		return lines;
	}

	private void add(Measurement measurement) {
		XYIntervalSeries series = ChartStyle.paint(measurement.column(), 0).equals(ChartStyle.GUARD) ? this.guard
				: this.others;
		int line = this.labels.size();
		series.add(measurement.median(), measurement.low(), measurement.high(), line, line, line);
		this.labels.add(measurement.column());
	}

	private JFreeChart draw(Chart chart) {
		XYIntervalSeriesCollection figures = new XYIntervalSeriesCollection();
		figures.addSeries(this.others);
		figures.addSeries(this.guard);
		XYErrorRenderer renderer = ChartStyle.renderer(false);
		renderer.setDrawYError(false);
		renderer.setSeriesPaint(0, ChartStyle.paint("", 0));
		renderer.setSeriesPaint(1, ChartStyle.GUARD);
		SymbolAxis names = ChartStyle.styled(new SymbolAxis("", this.labels.toArray(String[]::new)));
		names.setGridBandsVisible(false);
		XYPlot plot = new XYPlot(figures, ChartStyle.axis(chart.axis(), chart.logarithmic()), names, renderer);
		return ChartStyle.chart(chart.title(), plot, false);
	}

}
