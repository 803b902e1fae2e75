package io.github.connectionguard.differential;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Texts that change the session, or end and begin transactions, behind the driver's back.
 */
final class TextSteps {

	static final Step MODE_OFF = text("SET autocommit = 0");

	static final Step MODE_ON = text("SET autocommit = 1");

	static final Step BEGIN = text("BEGIN");

	static final Step COMMIT = text("COMMIT");

	static final Step ROLLBACK = text("ROLLBACK");

	static final Step CALL_THAT_FAILS = text("CALL {db}.insert_and_fail()");

	static final Step CALL_THAT_SWITCHES_AND_FAILS = text("CALL {db}.switch_off_and_fail()");

	private static final Step CALL_THAT_SWITCHES_OFF = text("CALL {db}.switch_off()");

	private static final Step CALL_THAT_SWITCHES_ON = text("CALL {db}.switch_on()");

	/**
	 * What switches the auto-commit mode and then writes.
	 */
	static final Set<Step> CALLS_THAT_SWITCH_AND_WRITE = Set.of(CALL_THAT_SWITCHES_OFF, CALL_THAT_SWITCHES_ON);

	private TextSteps() {
	}

	/**
	 * Tell whether a step may have transactions only read from then on.
	 */
	static boolean mayHaveTransactionsOnlyRead(Step step) {
		String text = step.toString();
		return text.equals(TransactionSteps.READ_ONLY.toString()) || text.contains("READ ONLY")
				|| text.contains("transaction_read_only = 1") || text.contains("only_read()");
	}

	/**
	 * Return the step that executes a text.
	 */
	static Step text(String sql) {
		return Step.ask("execute(\"" + sql + "\")", (lease) -> lease.execute(sql)).leavingTraces();
	}

	private static List<Step> texts(String... texts) {
		return Stream.of(texts).map(TextSteps::text).toList();
	}

	static List<Step> modes() {
		return Stream
			.concat(Stream.of(MODE_OFF, MODE_ON),
					texts("set  @@autocommit=0", "SET @@session.autocommit = 1", "SET SESSION autocommit = OFF",
							"SET LOCAL autocommit = ON", "/* a */ SET /* b */ autocommit = 0", "SET `autocommit` = 1",
							"SET NAMES utf8mb4, autocommit = 0", "SET @a = 1, autocommit = 1",
							"SET autocommit = (SELECT 0)", "SET autocommit = DEFAULT", "-- a\nSET autocommit = 0")
						.stream())
			.toList();
	}

	static List<Step> transactions() {
		return Stream
			.concat(Stream.of(BEGIN, COMMIT, ROLLBACK),
					texts("begin work", "START TRANSACTION", "START TRANSACTION READ ONLY",
							"START TRANSACTION WITH CONSISTENT SNAPSHOT", "COMMIT WORK", "COMMIT AND CHAIN",
							"ROLLBACK AND CHAIN", "SAVEPOINT there", "ROLLBACK TO SAVEPOINT there",
							"RELEASE SAVEPOINT there", "SET TRANSACTION READ ONLY", "SET SESSION TRANSACTION READ ONLY",
							"SET SESSION TRANSACTION READ WRITE", "SET @@session.transaction_read_only = 1",
							"set transaction_isolation = 'SERIALIZABLE', transaction_read_only = 0",
							"SET TRANSACTION ISOLATION LEVEL READ COMMITTED",
							"SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", "LOCK TABLES {db}.aside READ",
							"UNLOCK TABLES", "CREATE TABLE {db}.extra (id INT)", "DROP TABLE IF EXISTS {db}.extra",
							"ALTER TABLE {db}.aside COMMENT 'altered'", "SELECT id FROM line WHERE id = {1} FOR UPDATE",
							"XA START '{db}'", "XA END '{db}'", "XA ROLLBACK '{db}'", "XA COMMIT '{db}' ONE PHASE")
						.stream())
			.toList();
	}

	static List<Step> sessions() {
		return texts("SET NAMES latin1", "SET time_zone = '+05:00'", "SET sql_mode = ''",
				"SET sql_mode = 'ANSI_QUOTES'", "USE {other}", "USE {db}",
				"CREATE TEMPORARY TABLE temporary_line (id INT)", "INSERT INTO temporary_line VALUES (1)",
				"SELECT COUNT(*) FROM temporary_line", "DROP TEMPORARY TABLE temporary_line", "SET @a = 5",
				"SELECT @a, @@time_zone, @@sql_mode, DATABASE()",
				"PREPARE p FROM 'INSERT INTO line (name) VALUES (''p'')'", "PREPARE p FROM 'COMMIT'",
				"PREPARE p FROM 'SET autocommit = 0'", "EXECUTE p", "DEALLOCATE PREPARE p", "SELECT LAST_INSERT_ID()",
				"SHOW WARNINGS", "SELECT 1 / 0", "DO GET_LOCK('{db}', 0)", "SELECT RELEASE_ALL_LOCKS()",
				"INSERT INTO line (name) VALUES ('r') RETURNING name");
	}

	static List<Step> calls(Setup setup) {
		List<Step> calls = Stream.concat(
				Stream.of(CALL_THAT_FAILS, CALL_THAT_SWITCHES_AND_FAILS, CALL_THAT_SWITCHES_OFF, CALL_THAT_SWITCHES_ON),
				texts("CALL {db}.insert_and_commit()", "CALL {db}.insert_and_roll_back()",
						"CALL {db}.begin_and_insert()", "CALL {db}.begin_insert_and_fail()", "CALL {db}.results()",
						"CALL {db}.only_read()", "CALL {db}.read_what_is_committed()")
					.stream())
			.toList();
		return setup.streamsByDefault() ? calls
				: Stream.concat(calls.stream(), Stream.of(text("CALL {db}.result_and_fail()"))).toList();
	}

	/**
	 * Return texts of several statements.
	 */
	static List<Step> several() {
		return texts("SET autocommit = 0; INSERT INTO line (name) VALUES ('s')",
				"INSERT INTO line (name) VALUES ('s'); SET autocommit = 1",
				"INSERT INTO line (name) VALUES ('s'); SELECT nothing", "INSERT INTO line (name) VALUES ('s'); COMMIT",
				"INSERT INTO line (name) VALUES ('s'); ROLLBACK", "BEGIN; INSERT INTO line (name) VALUES ('s')",
				"BEGIN; INSERT INTO line (name) VALUES ('s'); SELECT 1", "SELECT 1; SELECT nothing",
				"SELECT 1; SET autocommit = 0; SELECT 2", "CALL {db}.results(); INSERT INTO line (name) VALUES ('s')",
				"COMMIT; BEGIN; INSERT INTO line (name) VALUES ('s')");
	}

}
