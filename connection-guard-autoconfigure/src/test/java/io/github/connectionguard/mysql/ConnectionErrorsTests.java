package io.github.connectionguard.mysql;

import java.io.EOFException;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionErrors}.
 */
class ConnectionErrorsTests {

	@ParameterizedTest
	@CsvSource({ "08S01, 0", "08003, 0", "08001, 0", "08006, 0", "08000, 0", "08S01, 1053", "HY000, 4031",
			"70100, 1927", "HY000, 2006", "HY000, 2013", "HY000, 3169", ", 1053", ", 4031" })
	void connectionIsGone(@Nullable String sqlState, int code) {
		assertThat(ConnectionErrors.isDeath(new SQLException("gone", sqlState, code))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "08S02, 0", "08007, 0", "42000, 1064", "HY000, 1290", "23000, 1062", "40001, 1213", "HY000, 1205",
			"25006, 1792", "70100, 1317", "HY000, 0", ", 0" })
	void connectionIsNotGone(@Nullable String sqlState, int code) {
		assertThat(ConnectionErrors.isDeath(new SQLException("alive", sqlState, code))).isFalse();
	}

	@Test
	void chainedExceptionCounts() {
		SQLException first = new SQLException("batch", "HY000", 0);
		first.setNextException(new SQLException("entry", "42000", 1064));
		first.setNextException(new SQLException("entry", "HY000", 4031));
		assertThat(ConnectionErrors.isDeath(first)).isTrue();
	}

	@Test
	void chainOfHarmlessExceptionsIsNotADeath() {
		SQLException first = new SQLException("batch", "HY000", 0);
		first.setNextException(new SQLException("entry", "42000", 1064));
		assertThat(ConnectionErrors.isDeath(first)).isFalse();
	}

	@Test
	void exceptionChainedToItselfEnds() {
		SQLException exception = new SQLException("again", "42000", 1064);
		exception.setNextException(exception);
		assertThat(exception.getNextException() == exception).isTrue();
		assertThat(ConnectionErrors.isDeath(exception)).isFalse();
	}

	@Test
	void ringOfExceptionsEnds() {
		SQLException first = new SQLException("first", "42000", 1064);
		SQLException second = new SQLException("second", "42000", 1064);
		first.setNextException(second);
		second.setNextException(first);
		assertThat(ConnectionErrors.isDeath(first)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "1213, true", "1205, false", "1053, false", "0, false" })
	void onlyADeadlockRollsBackTheWholeTransaction(int code, boolean rolledBack) {
		assertThat(ConnectionErrors.isRolledBack(new SQLException("lock", "40001", code))).isEqualTo(rolledBack);
	}

	@Test
	void batchThatMetADeathHasItsReasonInside() {
		SQLException inner = new SQLException("gone", "08000", -1);
		SQLException batch = new BatchUpdateException(new BatchUpdateException(inner));
		assertThat(batch.getSQLState()).isNull();
		assertThat(ConnectionErrors.isDeath(batch)).isTrue();
	}

	@Test
	void reasonOfWhatSaysSomethingItselfDoesNotCount() {
		SQLException failedOver = new SQLException("failed over", "08S02", 0, new SQLException("gone", "08S01", 0));
		assertThat(ConnectionErrors.isDeath(failedOver)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "HY000, 1290, true", "25006, 1792, true", "HY000, 1836, true", "42000, 1142, false",
			"08S01, 0, false" })
	void refusalToWriteIsReadOnly(String sqlState, int code, boolean readOnly) {
		SQLException exception = new SQLException("refused", sqlState, code);
		assertThat(ConnectionErrors.isReadOnly(exception)).isEqualTo(readOnly);
		SQLException batch = new SQLException("batch", "HY000", 0);
		batch.setNextException(exception);
		assertThat(ConnectionErrors.isReadOnly(batch)).isEqualTo(readOnly);
	}

	@ParameterizedTest
	@CsvSource({ "1290, The MySQL server is running with the --read-only option, true",
			"1290, (conn=5) The MariaDB server is running with the --read-only=NO_LOCK option, true",
			"1290, Der MySQL-Server läuft mit der Option --super-read-only, true",
			"1290, The MySQL server is running with the --secure-file-priv option, false",
			"1836, Running in read-only mode, true",
			"1792, Cannot execute statement in a READ ONLY transaction., false", "1064, read-only, false" })
	void onlyTheServersOwnModeIsOfAReadOnlyServer(int code, String message, boolean readOnly) {
		assertThat(ConnectionErrors.isOfReadOnlyServer(new SQLException(message, "HY000", code))).isEqualTo(readOnly);
	}

	@ParameterizedTest
	@CsvSource({ "08S01, 1053", "HY000, 2002", "HY000, 2003", "HY000, 2013", "HY000, 3168" })
	void serverThatSaysItIsNotThereIsAway(String sqlState, int code) {
		assertThat(ConnectionErrors.isServerAway(new SQLException("away", sqlState, code))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "08004, 1040", "42000, 1044", "28000, 1045", "42000, 1049", "HY000, 1129", "HY000, 1130",
			"42000, 1203", "42000, 1226" })
	void serverThatRefusesIsThere(String sqlState, int code) {
		SQLException exception = new SQLException("refused", sqlState, code, new IOException());
		assertThat(ConnectionErrors.isServerAway(exception)).isFalse();
	}

	@Test
	void serverIsAwayWhenTheNetworkSaysSo() {
		assertThat(ConnectionErrors.isServerAway(new SQLException("io", "08S01", 0, new EOFException()))).isTrue();
		assertThat(ConnectionErrors.isServerAway(new SQLException("io", "08000", -1, new EOFException()))).isTrue();
		assertThat(ConnectionErrors
			.isServerAway(new SQLException("io", "08S01", 0, new SSLException("cut", new EOFException())))).isTrue();
		assertThat(ConnectionErrors.isServerAway(new SQLException("io", "08S01", 0, new SSLException("untrusted"))))
			.isFalse();
		assertThat(ConnectionErrors.isServerAway(new SQLException("no TLS", "08001", 0))).isFalse();
	}

}
