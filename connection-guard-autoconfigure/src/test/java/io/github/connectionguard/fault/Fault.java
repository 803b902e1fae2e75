package io.github.connectionguard.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;

/**
 * What can happen to connections, and what is to be told of why they were lost.
 */
enum Fault {

	WAIT_TIMEOUT(LossCause.SERVER_IDLE_TIMEOUT,
			"the server closed it for being idle (wait_timeout is 2 s): quiet in use",
			"connection-guard.keepalive.max-hold") {

		@Override
		void strike(Scene scene) throws SQLException {
			scene.open(1, "?sessionVariables=wait_timeout=2", "connection-guard.keepalive.enabled=false");
			scene.holdUntilGone(false);
		}

	},

	WAIT_TIMEOUT_SET_ON_THE_SESSION(LossCause.SERVER_IDLE_TIMEOUT,
			"the server closed it for being idle, by a wait_timeout that was set on its session (it was 28800 s when",
			"connection-guard.keepalive.max-hold") {

		@Override
		void strike(Scene scene) throws SQLException {
			scene.open(1);
			scene.requests().statement("SET SESSION wait_timeout = 1").run();
		}

		@Override
		boolean isKnownTo(TestServer server) {
			return !server.isMariaDb(); // which has no parting word
		}

	},

	IDLE_TRANSACTION(LossCause.IDLE_TRANSACTION_TIMEOUT,
			"the server closed it for being idle in a transaction (the shortest of idle_transaction_timeout",
			"raise idle_transaction_timeout") {

		@Override
		void strike(Scene scene) throws SQLException {
			scene.open(1, "?sessionVariables=idle_transaction_timeout=1", "connection-guard.keepalive.enabled=false");
			scene.holdUntilGone(true);
		}

		@Override
		boolean isKnownTo(TestServer server) {
			return server.isMariaDb();
		}

	},

	KILL(LossCause.KILLED, "somebody killed the session on the server: the server was not started again, and for 1 "
			+ "sessions that are gone has run KILL 1 times", "CONNECTION_ADMIN") {

		@Override
		void strike(Scene scene) throws SQLException {
			scene.open(1);
			scene.killAll(scene.server());
		}

	},

	/**
	 * The server may be asked when some of them have been killed, and again when all
	 * have.
	 */
	KILL_OF_ALL(LossCause.KILLED, "somebody killed the session on the server: the server was not started again",
			"CONNECTION_ADMIN") {

		@Override
		void strike(Scene scene) throws SQLException {
			scene.open(Requests.POOL);
			scene.killAll(scene.server());
		}

	},

	SHUTDOWN_IN_A_STATEMENT(LossCause.SERVER_SHUTDOWN, "the server shut down: quiet in use", "") {

		@Override
		void strike(Scene scene) {
			TestServer server = scene.startServer();
			scene.open(server, 1);
			scene.beginLong(server);
			server.stop();
		}

		@Override
		boolean isSlow() {
			return true;
		}

		@Override
		boolean isKnownTo(TestServer server) {
			return !server.isMariaDb(); // which just closes the connection
		}

	},

	RESTART(LossCause.SERVER_RESTARTED, "the server was started again", "") {

		@Override
		void strike(Scene scene) {
			TestServer server = scene.startServer();
			scene.open(server, Requests.POOL);
			pass(3); // the uptime is in seconds
			server.restart();
		}

		@Override
		boolean isSlow() {
			return true;
		}

	},

	/**
	 * So soon after the sessions began that its uptime does not tell. They have a number
	 * that it comes to later again.
	 */
	RESTART_AT_ONCE(LossCause.SERVER_RESTARTED, "the server was started again", "") {

		@Override
		void strike(Scene scene) throws SQLException {
			TestServer server = scene.startServer();
			for (int i = 0; i < 100; i++) {
				server.execute("SELECT 1");
			}
			scene.open(server, Requests.POOL);
			server.restart();
		}

		@Override
		boolean isSlow() {
			return true;
		}

	},

	REPLACEMENT(LossCause.SERVER_REPLACED, "another server answers in its place, as after a failover", "") {

		@Override
		void strike(Scene scene) {
			TestServer old = scene.startServer();
			TestServer next = scene.startServer();
			next.createDatabase();
			scene.openThroughHop(old);
			scene.hop().move(next.port());
			scene.hop().reset();
		}

		@Override
		boolean isSlow() {
			return true;
		}

	},

	DEMOTION(LossCause.SERVER_DEMOTED, "the server has become read-only, as after a switch of the primary", "") {

		@Override
		void strike(Scene scene) throws SQLException {
			TestServer server = scene.startServer();
			scene.open(server, Requests.POOL);
			server.execute("SET GLOBAL read_only = ON");
			scene.killAll(server);
		}

		@Override
		boolean isSlow() {
			return true;
		}

	},

	OFFLINE_MODE(LossCause.SERVER_OFFLINE, "the server was set to offline mode", "offline_mode=OFF") {

		@Override
		void strike(Scene scene) throws SQLException {
			scene.open(Requests.POOL, "spring.datasource.username=" + scene.createUser());
			scene.server().execute("SET GLOBAL offline_mode = ON");
		}

		@Override
		void end(Scene scene) throws SQLException {
			scene.server().execute("SET GLOBAL offline_mode = OFF");
		}

		@Override
		boolean isKnownTo(TestServer server) {
			return !server.isMariaDb();
		}

	},

	LOCKED_ACCOUNT(LossCause.ACCOUNT_REFUSED, "as the account was shut out of the server: the next login was refused",
			"ACCOUNT UNLOCK") {

		@Override
		void strike(Scene scene) throws SQLException {
			shutOut(scene, "ALTER USER %s ACCOUNT LOCK");
		}

	},

	EXPIRED_PASSWORD(LossCause.ACCOUNT_REFUSED, "as the account was shut out of the server: the next login was refused",
			"IDENTIFIED BY") {

		@Override
		void strike(Scene scene) throws SQLException {
			shutOut(scene, "ALTER USER %s PASSWORD EXPIRE");
		}

	},

	OTHER_PASSWORD(LossCause.ACCOUNT_REFUSED, "refused with error 1045, and ", "spring.datasource.password") {

		@Override
		void strike(Scene scene) throws SQLException {
			shutOut(scene, "ALTER USER %s IDENTIFIED BY 'another'");
		}

	},

	RESET_WHILE_STATEMENTS_ARE_KILLED(LossCause.NETWORK, "ended it on both sides, by a reset to this one",
			"connection-guard.network-idle-timeout") {

		/**
		 * Ending a statement counts as a KILL, too, as with setQueryTimeout.
		 */
		@Override
		void strike(Scene scene) throws SQLException {
			scene.openThroughHop(scene.server());
			for (PhysicalConnection connection : scene.requests().pool().ledger().connections()) {
				scene.server().execute("KILL QUERY " + Scene.sessionOf(connection));
			}
			scene.hop().reset();
		}

	},

	PROXY_THAT_ENDS_BOTH_SIDES(LossCause.NETWORK,
			"something between this application and the server ended it on both sides, by a reset to this one",
			"connection-guard.network-idle-timeout") {

		@Override
		void strike(Scene scene) {
			scene.openThroughHop(scene.server());
			scene.hop().reset();
		}

	},

	DEVICE_THAT_FORGETS(LossCause.NETWORK,
			"something between this application and the server dropped it: the server answered others",
			"connection-guard.network-idle-timeout") {

		@Override
		void strike(Scene scene) throws SQLException {
			scene.openThroughHop(scene.server(), "connection-guard.validation.ping-after=0s");
			scene.hop().forget();
			scene.requests().query("SELECT 1");
		}

	},

	SILENT_PATH(LossCause.SILENT, "nothing came through from the server: nobody got an answer",
			"connection-guard.network-idle-timeout") {

		@Override
		void strike(Scene scene) {
			scene.openThroughHop(scene.server(), "spring.datasource.hikari.validation-timeout=1000",
					"connection-guard.validation.ping-after=0s");
			scene.hop().keepOut(); // first, or a login in between would have been
									// accepted
			scene.hop().forget();
			askInVain(scene);
			pass(5); // until nobody has had an answer for long
			scene.hop().restore();
		}

		@Override
		boolean isSlow() {
			return true;
		}

	},

	SERVER_THAT_STANDS_STILL(LossCause.SERVER_STALLED,
			"the server stood still: connects were accepted, but nobody got an answer", "") {

		@Override
		void strike(Scene scene) {
			TestServer server = scene.startServer();
			scene.open(server, Requests.POOL, "spring.datasource.hikari.validation-timeout=1000",
					"connection-guard.validation.ping-after=0s");
			server.freeze();
			askInVain(scene);
			pass(3); // until nobody has had an answer for long
			server.thaw();
		}

		@Override
		boolean isSlow() {
			return true;
		}

	},

	ABORT(LossCause.ABORTED, "this application aborted it (Connection.abort)", "") {

		@Override
		void strike(Scene scene) throws SQLException {
			scene.open(1);
			try (Connection held = scene.requests().dataSource().getConnection();
					Statement statement = held.createStatement()) {
				held.abort(Runnable::run);
				Scene.fails(statement, "SELECT 1");
			}
		}

	},

	SOCKET_TIMEOUT(LossCause.TIMED_OUT,
			"the driver gave up waiting for an answer after 1.0 s, as the driver's socketTimeout says",
			"socketTimeout") {

		@Override
		void strike(Scene scene) throws SQLException {
			scene.open(1, "?socketTimeout=1000");
			scene.fail("SELECT SLEEP(3)");
		}

	},

	NETWORK_TIMEOUT(LossCause.TIMED_OUT, "after 0.5 s, as its network timeout (Connection.setNetworkTimeout) says",
			"setNetworkTimeout") {

		@Override
		void strike(Scene scene) throws SQLException {
			scene.open(1);
			try (Connection held = scene.requests().dataSource().getConnection();
					Statement statement = held.createStatement()) {
				held.setNetworkTimeout(Runnable::run, 500);
				Scene.fails(statement, "SELECT SLEEP(3)");
			}
		}

	};

	private final LossCause cause;

	private final String sentence;

	private final String remedy;

	/**
	 * Name a fault.
	 * @param cause the cause to be told in the end
	 * @param sentence what the sentence contains
	 * @param remedy what the remedy names, empty if there is none
	 */
	Fault(LossCause cause, String sentence, String remedy) {
		this.cause = cause;
		this.sentence = sentence;
		this.remedy = remedy;
	}

	LossCause cause() {
		return this.cause;
	}

	String sentence() {
		return this.sentence;
	}

	String remedy() {
		return this.remedy;
	}

	/**
	 * Set the scene, and do it.
	 */
	abstract void strike(Scene scene) throws SQLException;

	/**
	 * End it, as far as others would suffer from it.
	 */
	void end(Scene scene) throws SQLException {
	}

	boolean isKnownTo(TestServer server) {
		return true;
	}

	boolean isSlow() {
		return false;
	}

	private static void shutOut(Scene scene, String how) throws SQLException {
		String user = scene.createUser();
		scene.open(Requests.POOL, "spring.datasource.username=" + user);
		scene.server().execute(how.formatted(user));
		scene.killAll(scene.server());
	}

	/**
	 * Have a request wait for an answer until a connection is given up.
	 */
	private static void askInVain(Scene scene) {
		Thread asking = new Thread(() -> {
			try {
				scene.requests().query("SELECT 1");
			}
			catch (SQLException ex) {
				// not what is looked at
			}
		}, "request in vain");
		asking.setDaemon(true);
		asking.start();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> scene.requests().pool().report().lastLoss() != null);
	}

	private static void pass(int seconds) {
		Awaitility.await().pollDelay(Duration.ofSeconds(seconds)).until(() -> true);
	}

}
