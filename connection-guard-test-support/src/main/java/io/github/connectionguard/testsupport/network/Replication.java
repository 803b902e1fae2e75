package io.github.connectionguard.testsupport.network;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import io.github.connectionguard.testsupport.TestServer;

/**
 * A primary and a replica that follows it by GTID, both of MySQL, and the planned switch
 * from the one to the other. Its two steps are those of an operator; whoever takes them
 * moves the clients.
 */
public final class Replication {

	/**
	 * Options that a server needs for it, besides a {@code --server-id} of its own.
	 */
	public static final List<String> OPTIONS = List.of("--log-bin=binlog", "--gtid-mode=ON",
			"--enforce-gtid-consistency=ON");

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Network network;

	private final TestServer replica;

	private TestServer primary;

	/**
	 * Has a server follow another one from the beginning, and refuse whatever does not
	 * come from there.
	 * @param network the network in which they are
	 * @param primary the server to follow
	 * @param replica the server that follows, which is empty
	 */
	public Replication(Network network, TestServer primary, TestServer replica) {
		this.network = network;
		this.primary = primary;
		this.replica = replica;
		execute(replica, """
				CHANGE REPLICATION SOURCE TO SOURCE_HOST='%s', SOURCE_PORT=%d, SOURCE_USER='%s', SOURCE_PASSWORD='%s',
				SOURCE_AUTO_POSITION=1, GET_SOURCE_PUBLIC_KEY=1
				""".formatted(primary.host(), primary.port(), primary.username(), primary.password()));
		execute(replica, "START REPLICA");
		execute(replica, "SET GLOBAL super_read_only = ON");
	}

	/**
	 * Makes the primary read-only. Its sessions stay.
	 */
	public void demote() {
		execute(this.primary, "SET GLOBAL super_read_only = ON");
	}

	/**
	 * Waits until the replica has all of what the demoted primary has, and makes it the
	 * primary.
	 */
	public void promote() {
		awaitAllOf(ask(this.primary, "SELECT @@GLOBAL.gtid_executed"));
		execute(this.replica, "STOP REPLICA");
		execute(this.replica, "RESET REPLICA ALL");
		execute(this.replica, "SET GLOBAL read_only = OFF");
		this.primary = this.replica;
	}

	private void awaitAllOf(String transactions) {
		String wait = "SELECT WAIT_FOR_EXECUTED_GTID_SET('%s', %d)".formatted(transactions, PATIENCE.toSeconds());
		if (!"0".equals(ask(this.replica, wait))) {
			throw new IllegalStateException("The replica did not get all of " + transactions + " within " + PATIENCE);
		}
	}

	/**
	 * Returns the server that is written to.
	 * @return the replica after it was promoted
	 */
	public TestServer primary() {
		return this.primary;
	}

	private void execute(TestServer server, String sql) {
		this.network.atServer(() -> {
			server.execute(sql);
			return true;
		});
	}

	private String ask(TestServer server, String query) {
		return this.network.atServer(() -> {
			try (Connection connection = server.connect("");
					Statement statement = connection.createStatement();
					ResultSet result = statement.executeQuery(query)) {
				result.next();
				return result.getString(1);
			}
		});
	}

}
