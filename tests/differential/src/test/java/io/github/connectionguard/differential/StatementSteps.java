package io.github.connectionguard.differential;

import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/**
 * What a {@link Statement} can do beyond the everyday.
 */
final class StatementSteps {

	private static final String INSERT = "INSERT INTO line (name) VALUES ('s')";

	private static final String TWICE = "INSERT INTO line (id, name) VALUES ({1}, 'twice')";

	private StatementSteps() {
	}

	static List<Step> all() {
		return List.of(
				Step.call("statement = createStatement()", (lease) -> lease.keep(lease.connection().createStatement())),
				Step.call("statement.close()", (lease) -> lease.statement().close()),
				Step.ask("statement.isClosed()", (lease) -> lease.statement().isClosed()),
				Step.ask("statement.getConnection() == connection",
						(lease) -> lease.statement().getConnection() == lease.connection()),
				Step.ask("statement.execute(INSERT)", (lease) -> lease.statement().execute(INSERT)),
				Step.ask("statement.executeUpdate(INSERT)", (lease) -> lease.statement().executeUpdate(INSERT)),
				Step.ask("statement.executeLargeUpdate(INSERT)",
						(lease) -> lease.statement().executeLargeUpdate(INSERT)),
				Step.ask("statement.executeUpdate(INSERT, RETURN_GENERATED_KEYS)",
						(lease) -> lease.statement().executeUpdate(INSERT, Statement.RETURN_GENERATED_KEYS)),
				Step.ask("statement.execute(INSERT, {\"id\"})",
						(lease) -> lease.statement().execute(INSERT, new String[] { "id" })),
				Step.ask("statement.executeLargeUpdate(INSERT, {1})",
						(lease) -> lease.statement().executeLargeUpdate(INSERT, new int[] { 1 })),
				Step.ask("statement.getGeneratedKeys()", (lease) -> lease.statement().getGeneratedKeys()),
				Step.ask("statement.executeQuery(INSERT)", (lease) -> lease.statement().executeQuery(INSERT)),
				Step.ask("statement.executeUpdate(SELECT)", (lease) -> lease.statement().executeUpdate("SELECT 1")),
				Step.ask("statement.getUpdateCount()", (lease) -> lease.statement().getUpdateCount()),
				Step.ask("statement.getLargeUpdateCount()", (lease) -> lease.statement().getLargeUpdateCount()),
				Step.ask("statement.execute(CALL)",
						(lease) -> lease.statement().execute(lease.sql("CALL {db}.results()"))),
				Step.ask("statement.getResultSet()", (lease) -> lease.keep(lease.statement().getResultSet()) != null),
				Step.ask("statement.getMoreResults()", (lease) -> lease.statement().getMoreResults()),
				Step.ask("statement.getMoreResults(KEEP_CURRENT_RESULT)",
						(lease) -> lease.statement().getMoreResults(Statement.KEEP_CURRENT_RESULT)),
				Step.ask("statement.getMoreResults(CLOSE_ALL_RESULTS)",
						(lease) -> lease.statement().getMoreResults(Statement.CLOSE_ALL_RESULTS)),
				Step.call("statement.addBatch(INSERT)", (lease) -> lease.statement().addBatch(INSERT)),
				Step.call("statement.addBatch(one that is there)",
						(lease) -> lease.statement().addBatch(lease.sql(TWICE))),
				Step.call("statement.addBatch(COMMIT)", (lease) -> lease.statement().addBatch("COMMIT"))
					.leavingTraces(),
				Step.call("statement.addBatch(SET autocommit = 0)",
						(lease) -> lease.statement().addBatch("SET autocommit = 0"))
					.leavingTraces(),
				Step.call("statement.clearBatch()", (lease) -> lease.statement().clearBatch()),
				Step.ask("statement.executeBatch()", (lease) -> lease.statement().executeBatch()),
				Step.ask("statement.executeLargeBatch()", (lease) -> lease.statement().executeLargeBatch()),
				Step.ask("a batch that fails in the middle", (lease) -> {
					try (Statement made = lease.connection().createStatement()) {
						made.addBatch(INSERT);
						made.addBatch(lease.sql(TWICE));
						made.addBatch(INSERT);
						return made.executeBatch();
					}
				}), Step.call("statement.setMaxRows(1)", (lease) -> lease.statement().setMaxRows(1)),
				Step.call("statement.setMaxRows(0)", (lease) -> lease.statement().setMaxRows(0)),
				Step.call("statement.setLargeMaxRows(2)", (lease) -> lease.statement().setLargeMaxRows(2)),
				Step.call("statement.setMaxFieldSize(1)", (lease) -> lease.statement().setMaxFieldSize(1)),
				Step.call("statement.setQueryTimeout(5)", (lease) -> lease.statement().setQueryTimeout(5)),
				Step.call("statement.setQueryTimeout(-1)", (lease) -> lease.statement().setQueryTimeout(-1)),
				Step.call("statement.setEscapeProcessing(false)",
						(lease) -> lease.statement().setEscapeProcessing(false)),
				Step.call("statement.cancel()", (lease) -> lease.statement().cancel()),
				Step.call("statement.closeOnCompletion()", (lease) -> lease.statement().closeOnCompletion()),
				Step.ask("statement.isCloseOnCompletion()", (lease) -> lease.statement().isCloseOnCompletion()),
				Step.call("statement.setPoolable(true)", (lease) -> lease.statement().setPoolable(true)),
				Step.ask("statement.execute(\"SELECT 1 / 0\"); getWarnings()", (lease) -> {
					lease.statement().execute("SELECT 1 / 0");
					return lease.statement().getWarnings();
				}), Step.call("statement.clearWarnings()", (lease) -> lease.statement().clearWarnings()),
				Step.ask("everything statement says of itself", StatementSteps::attributes));
	}

	private static Object attributes(BorrowedConnection lease) throws java.sql.SQLException {
		Statement statement = lease.statement();
		return List.of(statement.getMaxRows(), statement.getMaxFieldSize(), statement.getQueryTimeout(),
				statement.getFetchSize(), statement.getFetchDirection() == ResultSet.FETCH_FORWARD,
				statement.getResultSetType(), statement.getResultSetConcurrency(), statement.getResultSetHoldability(),
				statement.isPoolable(), statement.enquoteLiteral("it's"), statement.enquoteIdentifier("a b", false),
				statement.isSimpleIdentifier("a"), statement.enquoteNCharLiteral("x"));
	}

}
