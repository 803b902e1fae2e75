package io.github.connectionguard.hikari;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.connection.ConnectionLedger;
import io.github.connectionguard.connection.GuardedMysqlDataSource;
import io.github.connectionguard.connection.PingResult;
import io.github.connectionguard.driver.ConnectAttempt;
import io.github.connectionguard.fleet.Fleet;
import io.github.connectionguard.lifetime.Durations;
import io.github.connectionguard.lifetime.RoundTripTime;
import io.github.connectionguard.mysql.ConnectionErrors;
import io.github.connectionguard.mysql.MySqlUrl;
import io.github.connectionguard.mysql.ServerInquiry;
import io.github.connectionguard.mysql.ServerProxy;
import io.github.connectionguard.mysql.ServerReading;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.mysql.ServerSessionReader;
import io.github.connectionguard.mysql.ServerSessions;
import io.github.connectionguard.report.PoolReport;
import io.github.connectionguard.report.Reachability;
import io.github.connectionguard.report.ServerReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of one pool: the way to it past the pool, whether it can be reached, how
 * long to wait for it, and what follows from what it says of itself. Thread-safe.
 */
public final class PoolServer {

	private static final Logger logger = LoggerFactory.getLogger(PoolServer.class);

	private final ServerSessionReader factsReader = new ServerSessionReader();

	private final GuardedPool pool;

	private final HikariDataSource dataSource;

	private final GuardedMysqlDataSource connections;

	private final PoolSettings settings;

	private final PoolPlanning planning;

	private final ServerChanges changes;

	private final ServerAttempts attempts;

	private final Fleet fleet;

	private volatile PoolWatch watch = PoolWatch.NONE;

	private volatile @Nullable ServerProxy proxy;

	PoolServer(GuardedPool pool, GuardedMysqlDataSource connections, PoolSettings settings, Fleet fleet) {
		this.pool = pool;
		this.dataSource = pool.dataSource();
		this.connections = connections;
		this.settings = settings;
		this.planning = pool.planning();
		this.changes = new ServerChanges(pool);
		this.attempts = new ServerAttempts(pool);
		this.fleet = fleet;
	}

	private ConnectionLedger ledger() {
		return this.pool.ledger();
	}

	// Who looks after it

	/**
	 * Have the server looked after from now on.
	 * @param watch who does, or {@link PoolWatch#NONE} if nobody does any more
	 */
	public void watchedBy(PoolWatch watch) {
		this.watch = watch;
	}

	PoolWatch watch() {
		return this.watch;
	}

	/**
	 * Return what is the same for all pools that lead to the same server, as far as their
	 * configuration tells.
	 * @return the hosts of the URL, or the name of the pool if it has none or leads past
	 * them
	 */
	public String address() {
		String url = this.dataSource.getJdbcUrl();
		return MySqlUrl.isLedByHosts(url) ? MySqlUrl.hosts(url) : this.pool.name();
	}

	// How long to wait for it

	/**
	 * Return how long a server that is well takes at most to answer.
	 * @return the configured limit, more on a path that is known to be slower, or the
	 * pool's {@code validationTimeout} if that is shorter
	 */
	public Duration validationTimeout() {
		return Durations.min(pingLimit(), ledger().roundTrip().limit(this.settings.validationTimeout()));
	}

	/**
	 * Return how long to wait for the answer to a ping of an idle connection, as long as
	 * nothing else says that it will not come.
	 * @return the pool's {@code validationTimeout}
	 */
	public Duration pingLimit() {
		return Duration.ofMillis(this.dataSource.getValidationTimeout());
	}

	/**
	 * Return how long the server may not have been heard before nobody can be sure of it.
	 * @return the time
	 */
	public Duration pingAfter() {
		return this.settings.pingAfter();
	}

	/**
	 * Tell whether the path to the server is slower than a server that is well is thought
	 * to be.
	 * @return whether it is, after several measurements
	 */
	public boolean isPathSlow() {
		RoundTripTime path = ledger().roundTrip();
		return path.smoothed().minus(path.deviation()).compareTo(this.settings.validationTimeout()) > 0;
	}

	// The way to it past the pool

	/**
	 * Log in past the pool.
	 * @param attempt the attempt, by which it can be given up
	 * @return the driver's connection
	 * @throws SQLException if the driver cannot connect
	 */
	public Connection login(ConnectAttempt attempt) throws SQLException {
		DriverSource.Login login = DriverSource.Login.of(this.dataSource);
		return attempt.run(() -> this.connections.login(login.username(), login.password()));
	}

	/**
	 * Log in past the pool and out again, to see whether that works.
	 */
	void tryLogin() {
		try (Connection connection = login(new ConnectAttempt())) {
			ready();
			logger.debug("{} - The server answers again: {}", this.pool, connection);
		}
		catch (SQLException | RuntimeException ex) {
			unreachable(ex);
		}
	}

	/**
	 * Ask a session that is set up as the pool's are about itself, past the pool.
	 */
	void askPastPool() {
		try (Connection login = login(new ConnectAttempt())) {
			this.pool.owner().setUp(login);
			ServerSessionFacts facts = this.pool.owner().read(login);
			ready();
			this.planning.report(facts);
			this.pool.owner().meet(login, facts);
		}
		catch (SQLException | RuntimeException ex) {
			if (ex instanceof SQLException failure && ConnectionErrors.isServerAway(failure)) {
				unreachable(ex);
			}
			else {
				this.planning.unreported(ex);
			}
		}
	}

	/**
	 * Ask the server about itself.
	 * @param login a connection past the pool
	 * @return the inquiry
	 */
	public ServerInquiry inquire(Connection login) {
		return new ServerInquiry(login, this.factsReader);
	}

	/**
	 * Give up connects of the pool that began before the server answered somebody else,
	 * and have got no answer.
	 * @param asked the reading of the ledger's clock before the server was asked
	 */
	public void abandonConnectsBefore(long asked) {
		if (this.settings.reportOnly()) {
			return;
		}
		this.connections.abandonConnectsBefore(asked);
	}

	// Whether it can be reached

	/**
	 * Return what is known of the server. Asks nobody.
	 * @return the outcome of the last attempt to connect, unless a connection was heard
	 * since
	 */
	public Reachability reachability() {
		return this.attempts.outcome();
	}

	/**
	 * Return the last ping of any of the pool's connections.
	 */
	PoolReport.@Nullable Ping lastPing() {
		PingResult ping = ledger().lastPing();
		return (ping != null) ? new PoolReport.Ping(ledger().moment(ping.at()), ping.took(), ping.alive()) : null;
	}

	/**
	 * Return what is known of the server. Asks nobody and waits for nothing.
	 * @return the report
	 */
	public ServerReport report() {
		Reachability known = reachability();
		Duration roundTrip = ledger().roundTrip().smoothed();
		return new ServerReport(this.planning.hosts(), known,
				(known.status() == Reachability.Status.UNREACHABLE) ? this.attempts.unreachableSince() : null,
				this.attempts.areRefused(), roundTrip.isZero() ? null : roundTrip,
				session(this.planning.facts(), this.proxy), load());
	}

	/**
	 * Return what the server said of its connections. Asks nobody.
	 * @return what it said, or {@code null} if it was not asked yet
	 */
	public ServerReport.@Nullable Load load() {
		ServerSessionFacts facts = this.planning.facts();
		return (facts != null) ? this.fleet.report(address(), facts.account(), this.pool.beanName()) : null;
	}

	static ServerReport.@Nullable Session session(@Nullable ServerSessionFacts facts, @Nullable ServerProxy proxy) {
		return (facts != null) ? new ServerReport.Session(facts.product(), facts.version(), facts.serverId(),
				facts.readOnly(), facts.limits().waitTimeout(), facts.limits().source(), facts.globalWaitTimeout(),
				(proxy != null) ? proxy.description() : null) : null;
	}

	/**
	 * Note that somebody was let in.
	 */
	void ready() {
		this.attempts.succeeded();
	}

	/**
	 * Note that somebody could log in: connects of the pool that wait for that go on.
	 */
	public void reached() {
		this.attempts.refusedNoMore();
		this.connections.serverReached();
	}

	/**
	 * Note that nobody could log in. A server that is too busy to let anybody in is there
	 * for those who are.
	 * @param exception the reason
	 */
	public void unreachable(Exception exception) {
		this.attempts.failed(exception);
	}

	/**
	 * Note that the server does not answer at all.
	 * @param since the reading of the ledger's clock when it was asked
	 * @param accepted whether connects are accepted all the same
	 */
	public void silent(long since, boolean accepted) {
		this.attempts.unanswered(since, accepted);
	}

	// What it says of itself

	/**
	 * Note that something happened which a change of the server would explain.
	 */
	void suspectChange() {
		this.changes.suspect();
	}

	/**
	 * Note what a new session of the pool says.
	 */
	void ready(ServerSessionFacts facts) {
		this.changes.ready(facts);
	}

	/**
	 * Draw the conclusions from what the server says of itself: evict the connections to
	 * what it no longer is.
	 * @param reading what the server says
	 * @param asked the reading of the ledger's clock before it was asked
	 * @return whether anything has changed
	 */
	public boolean settle(ServerReading reading, long asked) {
		ready();
		boolean changed = this.changes.settle(reading, asked);
		this.planning.learn(changed, ledger());
		if (changed && this.settings.reportOnly()) {
			this.planning.reportAnew();
		}
		if (changed && reading.facts().readOnly() && address().contains(",")) {
			logger.warn("{} - New connections lead to a server that refuses writes, too: the driver takes the hosts of "
					+ "the URL in their order, whether they take writes or not. Name the one that does first, or put "
					+ "a proxy that knows it before them", this.pool);
		}
		return changed;
	}

	/**
	 * Find out why connections were lost, if that is not known. Asks the server once more
	 * at the most.
	 * @param inquiry asks the server
	 * @param reading what it said of itself just now
	 * @param asked the reading of the ledger's clock before it was asked
	 * @return whether there are later ones, which only a later answer explains
	 * @throws SQLException if the server did not answer, or would not
	 */
	public boolean explainLosses(ServerInquiry inquiry, ServerReading reading, long asked) throws SQLException {
		Optional<ServerSessions> sessions = this.pool.losses().isToBeExplained()
				? inquiry.sessions(reading.facts().connectionId()) : Optional.empty();
		this.pool.losses().explain(reading, sessions, asked);
		return this.pool.losses().isToBeExplained();
	}

	/**
	 * Ask the server for its connections, unless that was done within the last minute.
	 * @param inquiry asks the server
	 * @param facts what the session it is asked in has said
	 */
	public void count(ServerInquiry inquiry, ServerSessionFacts facts) {
		this.fleet.count(address(), this.pool.name(), inquiry, facts);
	}

	/**
	 * Note what was seen to stand between.
	 */
	void behind(ServerProxy seen) {
		this.proxy = seen;
	}

	/**
	 * See whether what the network was learned to allow still holds.
	 */
	public void reviewLimit() {
		this.planning.review(pingAfter(), ledger());
	}

}
