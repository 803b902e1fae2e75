package io.github.connectionguard.differential;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What a {@link Connection} can do beside transactions and statements.
 */
final class ConnectionSteps {

	private ConnectionSteps() {
	}

	static List<Step> all(Connector connector) {
		return List.of(Step.ask("getCatalog()", (lease) -> lease.connection().getCatalog()),
				Step.call("setCatalog(other)", (lease) -> lease.connection().setCatalog(lease.sql("{other}"))),
				Step.call("setCatalog(db)", (lease) -> lease.connection().setCatalog(lease.sql("{db}"))),
				Step.call("setCatalog(none)", (lease) -> lease.connection().setCatalog("there_is_none")),
				Step.ask("getSchema()", (lease) -> lease.connection().getSchema()),
				Step.call("setSchema(other)", (lease) -> lease.connection().setSchema(lease.sql("{other}"))),
				Step.ask("getNetworkTimeout()", (lease) -> lease.connection().getNetworkTimeout()),
				Step.call("setNetworkTimeout(7000)",
						(lease) -> lease.connection().setNetworkTimeout(Runnable::run, 7000)),
				Step.call("setNetworkTimeout(-1)", (lease) -> lease.connection().setNetworkTimeout(Runnable::run, -1)),
				Step.ask("getClientInfo()", (lease) -> lease.connection().getClientInfo().size()),
				Step.call("setClientInfo(\"ApplicationName\", \"a\")",
						(lease) -> lease.connection().setClientInfo("ApplicationName", "a"))
					.leavingTraces(),
				Step.ask("getClientInfo(\"ApplicationName\")",
						(lease) -> lease.connection().getClientInfo("ApplicationName")),
				Step.call("setClientInfo(properties)", (lease) -> lease.connection().setClientInfo(new Properties()))
					.leavingTraces(),
				Step.ask("getHoldability()", (lease) -> lease.connection().getHoldability()),
				Step.call("setHoldability(CLOSE)",
						(lease) -> lease.connection().setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT)),
				Step.ask("execute(\"SELECT 1 / 0\"); getWarnings()", (lease) -> {
					lease.execute("SELECT 1 / 0");
					return lease.connection().getWarnings();
				}), Step.call("clearWarnings()", (lease) -> lease.connection().clearWarnings()),
				Step.ask("nativeSQL()", (lease) -> lease.connection().nativeSQL("{fn NOW()} {d '2026-01-01'}")),
				Step.ask("getTypeMap()", (lease) -> lease.connection().getTypeMap()),
				Step.call("setTypeMap(empty)", (lease) -> lease.connection().setTypeMap(Map.of())),
				Step.ask("createBlob()", (lease) -> lease.connection().createBlob().length()),
				Step.ask("createClob()", (lease) -> lease.connection().createClob().length()),
				Step.ask("createArrayOf()", (lease) -> lease.connection().createArrayOf("INT", new Object[] { 1 })),
				Step.ask("createStruct()", (lease) -> lease.connection().createStruct("s", new Object[] { 1 })),
				Step.call("beginRequest()", (lease) -> lease.connection().beginRequest()),
				Step.call("setTransactionIsolation(17)", (lease) -> lease.connection().setTransactionIsolation(17)),
				Step.ask("isWrapperFor(driver's)",
						(lease) -> lease.connection().isWrapperFor(connector.connectionType())),
				Step.ask("isWrapperFor(String)", (lease) -> lease.connection().isWrapperFor(String.class)),
				Step.ask("unwrap(String)", (lease) -> lease.connection().unwrap(String.class)),
				Step.ask("unwrap(driver's).insert", ConnectionSteps.insertBelow(connector)),
				Step.call("unwrap(driver's).setAutoCommit(false)",
						(lease) -> lease.connection().unwrap(connector.connectionType()).setAutoCommit(false))
					.leavingTraces(),
				Step.call("unwrap(driver's).commit()",
						(lease) -> lease.connection().unwrap(connector.connectionType()).commit()),
				Step.ask("unwrap(driver's).getAutoCommit()",
						(lease) -> lease.connection().unwrap(connector.connectionType()).getAutoCommit()),
				Step.ask("statement.unwrap(driver's).insert", (lease) -> {
					try (Statement made = lease.connection().createStatement()) {
						return made.unwrap(connector.statementType())
							.executeUpdate("INSERT INTO line (name) VALUES ('d')");
					}
				}), Step.ask("connection.equals(connection)", (lease) -> lease.connection().equals(lease.connection())),
				Step.ask("connection.toString()",
						(lease) -> lease.connection().toString().replaceAll("HikariProxyConnection@\\d+", "")),
				Step.ask("getMetaData().getTables()", (lease) -> tables(lease)),
				Step.ask("getMetaData().getColumns()",
						(lease) -> names(
								lease.connection().getMetaData().getColumns(lease.sql("{db}"), null, "line", null), 4)),
				Step.ask("getMetaData().getProcedures()",
						(lease) -> names(
								lease.connection().getMetaData().getProcedures(lease.sql("{db}"), null, "swap"), 3)),
				Step.ask("getMetaData().getConnection() == connection",
						(lease) -> lease.connection().getMetaData().getConnection() == lease.connection()),
				Step.ask("getMetaData()", (lease) -> {
					DatabaseMetaData data = lease.connection().getMetaData();
					return List.of(data.getDatabaseProductName(), data.getDriverName(), data.supportsSavepoints(),
							data.getDefaultTransactionIsolation(), data.isReadOnly(), data.getJDBCMajorVersion());
				}));
	}

	private static Step.Action insertBelow(Connector connector) {
		return (lease) -> {
			try (Statement made = lease.connection().unwrap(connector.connectionType()).createStatement()) {
				return made.executeUpdate("INSERT INTO line (name) VALUES ('w')");
			}
		};
	}

	private static Object tables(BorrowedConnection lease) throws SQLException {
		return names(lease.connection().getMetaData().getTables(lease.sql("{db}"), null, "line", null), 3);
	}

	private static Object names(ResultSet rows, int column) throws SQLException {
		try (rows) {
			StringBuilder names = new StringBuilder();
			while (rows.next()) {
				names.append(rows.getString(column)).append(' ');
			}
			return names.toString();
		}
	}

}
