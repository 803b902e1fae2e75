package io.github.connectionguard.benchmarks.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * How figures are written: with three digits that count.
 */
public final class Figure {

	private static final int DIGITS = 3;

	private Figure() {
	}

	/**
	 * Write a figure.
	 * @param value the value
	 * @return three digits, or all that stand before the point
	 */
	public static String of(double value) {
		if (value == 0) {
			return "0";
		}
		if (Math.abs(value) >= Math.pow(10, DIGITS)) {
			return String.format(Locale.ROOT, "%,.0f", value);
		}
		return new BigDecimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_UP))
			.stripTrailingZeros()
			.toPlainString();
	}

}
