package io.github.connectionguard.differential;

import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Arrays;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

/**
 * What comes of a call, in words.
 */
final class OutcomeText {

	private OutcomeText() {
	}

	/**
	 * Tell a result.
	 */
	static String of(@Nullable Object result) throws SQLException {
		if (result instanceof ResultSet rows) {
			return rows(rows);
		}
		if (result instanceof SQLWarning warning) {
			return warnings(warning);
		}
		if (result instanceof int[] counts) {
			return Arrays.toString(counts);
		}
		if (result instanceof long[] counts) {
			return Arrays.toString(counts);
		}
		return String.valueOf(result);
	}

	/**
	 * Tell a failure.
	 */
	static String of(SQLException failure) {
		String told = failure.getClass().getSimpleName() + " " + failure.getSQLState() + " " + failure.getErrorCode()
				+ " " + failure.getMessage();
		return (failure instanceof BatchUpdateException batch)
				? told + " after " + Arrays.toString(batch.getLargeUpdateCounts()) : told;
	}

	/**
	 * Tell all rows that are left in a result.
	 */
	static String rows(ResultSet rows) throws SQLException {
		StringJoiner told = new StringJoiner(", ", "[", "]");
		while (rows.next()) {
			told.add(row(rows));
		}
		return told.toString();
	}

	/**
	 * Tell the row a result is at.
	 */
	static String row(ResultSet rows) throws SQLException {
		ResultSetMetaData columns = rows.getMetaData();
		StringJoiner told = new StringJoiner(" ");
		for (int column = 1; column <= columns.getColumnCount(); column++) {
			told.add(String.valueOf(rows.getString(column)));
		}
		return told.toString();
	}

	private static String warnings(SQLWarning first) {
		StringJoiner told = new StringJoiner(", ");
		for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
			told.add("warning " + warning.getSQLState() + " " + warning.getErrorCode());
		}
		return told.toString();
	}

}
