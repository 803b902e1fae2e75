package io.github.connectionguard.benchmarks.report;

import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;

/**
 * The file of a chart.
 */
public final class ChartFile {

	private static final int WIDTH = 860;

	private static final int HEIGHT_OF_CURVES = 420;

	private static final int HEIGHT_OF_THE_REST = 100;

	private final Path path;

	public ChartFile(Path path) {
		this.path = path;
	}

	/**
	 * Draw a chart.
	 * @param chart the chart
	 * @throws IOException if the file cannot be written
	 */
	public void write(Chart chart) throws IOException {
		SVGGraphics2D graphics = new SVGGraphics2D(document());
		graphics.getGeneratorContext().setPrecision(1);
		Dimension size = new Dimension(WIDTH, height(chart));
		graphics.setSVGCanvasSize(size);
		JFreeChart drawing = switch (chart.kind()) {
			case DOTS -> DotChart.of(chart);
			case CURVES -> CurveChart.of(chart);
		};
		drawing.draw(graphics, new Rectangle2D.Double(0, 0, size.width, size.height));
		StringWriter svg = new StringWriter();
		graphics.stream(svg, true);
		Files.createDirectories(this.path.getParent());
		Files.writeString(this.path, svg.toString());
	}

	private static Document document() {
		try {
			return DocumentBuilderFactory.newInstance()
				.newDocumentBuilder()
				.getDOMImplementation()
				.createDocument("http://www.w3.org/2000/svg", "svg", null);
		}
		catch (ParserConfigurationException ex) {
			throw new IllegalStateException("No document can be made", ex);
		}
	}

	private static int height(Chart chart) {
		return switch (chart.kind()) {
			case DOTS -> HEIGHT_OF_THE_REST + DotChart.height(chart);
			case CURVES -> HEIGHT_OF_CURVES;
		};
	}

}
