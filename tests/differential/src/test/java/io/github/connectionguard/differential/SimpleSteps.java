package io.github.connectionguard.differential;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * What an application does all day, what pings it, and how it borrows.
 */
final class SimpleSteps {

	static final Step INSERT = Step.ask("execute(\"INSERT\")",
			(lease) -> lease.execute("INSERT INTO line (name) VALUES ('x')"));

	static final Step SELECT = Step.ask("execute(\"SELECT\")", (lease) -> lease.execute("SELECT name FROM line"));

	static final Step FAILURE = Step.ask("execute(\"SELECT nothing\")", (lease) -> lease.execute("SELECT nothing"));

	static final Step DUPLICATE = Step.ask("execute(\"INSERT two rows, the second of which is there\")",
			(lease) -> lease.execute("INSERT INTO line (id, name) VALUES ({900}, 'm'), ({1}, 'm')"));

	private static final Step UPDATE = Step.ask("execute(\"UPDATE\")",
			(lease) -> lease.execute("UPDATE line SET name = 'u' WHERE id = {1}"));

	private static final Step DELETE = Step.ask("execute(\"DELETE\")",
			(lease) -> lease.execute("DELETE FROM line WHERE id = {2}"));

	private static final Step INSERT_PREPARED = Step.ask("prepareStatement(\"INSERT\").executeUpdate()", (lease) -> {
		try (PreparedStatement made = lease.connection().prepareStatement("INSERT INTO line (name) VALUES (?)")) {
			made.setString(1, "y");
			return made.executeUpdate();
		}
	});

	private static final Step SELECT_PREPARED = Step.ask("prepareStatement(\"SELECT\").executeQuery()", (lease) -> {
		try (PreparedStatement made = lease.connection().prepareStatement("SELECT name FROM line");
				ResultSet rows = made.executeQuery()) {
			return OutcomeText.rows(rows);
		}
	});

	private static final Step QUERY = Step.ask("executeQuery(\"SELECT\")", (lease) -> {
		try (Statement made = lease.connection().createStatement();
				ResultSet rows = made.executeQuery("SELECT name FROM line")) {
			return OutcomeText.rows(rows);
		}
	});

	private static final Step ROW_COUNT = Step.ask("execute(\"DELETE\"), execute(\"SELECT ROW_COUNT()\")",
			(lease) -> lease.execute("DELETE FROM line WHERE id = {3}") + " "
					+ lease.execute("SELECT ROW_COUNT(), LAST_INSERT_ID()"));

	private static final Step SELECT_OF_OTHERS = Step.ask("execute(\"SELECT what others write\")",
			(lease) -> lease.execute("SELECT name FROM {db}.aside"));

	private static final Step INSERT_BY_OTHERS = Step.call("others insert",
			(lease) -> lease.subject().insertByOthers());

	private static final Step MODE = Step.ask("execute(\"SELECT @@autocommit\")",
			(lease) -> lease.execute("SELECT @@autocommit"));

	static final Step CHARACTERISTICS = Step.ask("execute(\"SELECT @@transaction_read_only, @@transaction_isolation\")",
			(lease) -> lease.execute("SELECT @@transaction_read_only, @@transaction_isolation"));

	static final Step VALID = Step.ask("isValid(1)", (lease) -> lease.connection().isValid(1));

	static final Step KEEPALIVE = Step.call("the guard pings", (lease) -> lease.subject().keepAlive());

	static final Step BORROW = Step.call("close(); getConnection()", (lease) -> lease.subject().borrow());

	static final Step DESCRIBE = Step.ask("everything the connection says of itself", (lease) -> {
		Connection connection = lease.connection();
		return List.of(connection.isReadOnly(), connection.getTransactionIsolation(), connection.getCatalog(),
				connection.getNetworkTimeout(), connection.getHoldability(),
				lease.execute("SELECT @@autocommit, @@time_zone, @@sql_mode, @@character_set_client, DATABASE()"));
	});

	private static final Step CLOSE = Step.call("close()", (lease) -> lease.connection().close());

	private static final Step ABORT = Step.call("abort()", (lease) -> {
		Executor here = Runnable::run;
		lease.connection().abort(here);
	}).leavingTraces();

	private static final Step KILL = TextSteps.text("KILL CONNECTION_ID()");

	private static final Step RELEASE = TextSteps.text("COMMIT RELEASE");

	/**
	 * What ends a session.
	 */
	static final Set<Step> ENDS_OF_SESSIONS = Set.of(ABORT, KILL, RELEASE);

	private SimpleSteps() {
	}

	static List<Step> all() {
		return List.of(INSERT, INSERT, INSERT, SELECT, FAILURE, DUPLICATE, UPDATE, DELETE, INSERT_PREPARED,
				SELECT_PREPARED, QUERY, ROW_COUNT, SELECT_OF_OTHERS, INSERT_BY_OTHERS, MODE, CHARACTERISTICS);
	}

	static List<Step> pings() {
		return List.of(VALID, KEEPALIVE);
	}

	static List<Step> leases() {
		return List.of(BORROW, BORROW, BORROW, BORROW, BORROW, BORROW, BORROW, BORROW, CLOSE, ABORT, KILL, RELEASE);
	}

}
