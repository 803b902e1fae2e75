package io.github.connectionguard.hikari;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.advice.ConfigurationAdvice;
import io.github.connectionguard.advice.PoolConfiguration;
import io.github.connectionguard.connection.OwningPool;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.driver.ConnectAttempt;
import io.github.connectionguard.mysql.MySqlUrl;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.mysql.ServerSessionReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What HikariCP and its configuration mean for the connections of one pool. Thread-safe.
 */
final class HikariOwningPool implements OwningPool {

	private static final Logger logger = LoggerFactory.getLogger(HikariOwningPool.class);

	private final GuardedPool pool;

	private final HikariDataSource dataSource;

	private final PoolSettings settings;

	private final PoolInternals internals;

	private final ServerSessionReader factsReader = new ServerSessionReader();

	private final ConfinedProperties properties = new ConfinedProperties();

	/**
	 * Whether any connection has met the server.
	 */
	private final AtomicBoolean met = new AtomicBoolean();

	HikariOwningPool(GuardedPool pool, PoolSettings settings, PoolInternals internals) {
		this.pool = pool;
		this.dataSource = pool.dataSource();
		this.settings = settings;
		this.internals = internals;
	}

	// At work

	@Override
	public void poolStarting() {
		HikariTimers timers = this.pool.planning().timers();
		timers.validated();
		this.properties.set();
		HikariDataSource config = this.dataSource;
		PoolConfiguration configuration = new PoolConfiguration(config.getJdbcUrl(), config.getDataSourceProperties(),
				timers.requested(), config.getMaximumPoolSize(), Duration.ofMillis(config.getValidationTimeout()),
				Duration.ofMillis(config.getConnectionTimeout()));
		for (String advice : ConfigurationAdvice.on(configuration)) {
			logger.info("{} - Advice: {}", this.pool, advice);
		}
	}

	@Override
	public void connecting() {
		this.properties.clear();
	}

	@Override
	public Connection login(ConnectAttempt attempt) throws SQLException {
		return this.pool.server().login(attempt);
	}

	@Override
	public void setUp(Connection driver) throws SQLException {
		ServerSessionSetup.of(this.dataSource).apply(driver);
	}

	@Override
	public ServerSessionFacts read(Connection driver) throws SQLException {
		return this.factsReader.read(driver);
	}

	@Override
	public void meet(Connection driver) {
		if (!this.met.getAndSet(true)) {
			try {
				this.pool.losses().begin(this.pool.server().inquire(driver).kills());
			}
			catch (SQLException ex) {
				logger.debug("{} - The server did not tell how many sessions were killed", this.pool, ex);
			}
		}
	}

	@Override
	public void ready(PhysicalConnection connection, ServerSessionFacts facts) {
		this.pool.server().ready(facts);
		this.pool.planning().ready(connection, facts);
	}

	@Override
	public void unreadable(PhysicalConnection connection, Exception exception) {
		this.pool.server().ready();
		this.pool.planning().unreadable(connection, exception);
	}

	@Override
	public Runnable beforeBorrows(Runnable told) {
		return this.internals.beforeBorrows(this.dataSource, told);
	}

	// Questions

	@Override
	public Duration validationTimeout() {
		return this.pool.server().validationTimeout();
	}

	@Override
	public Duration pingLimit() {
		return this.pool.server().pingLimit();
	}

	@Override
	public void awaitVerdict() {
		this.pool.server().watch().awaitVerdict();
	}

	@Override
	public boolean isWaitingForServer() {
		return this.pool.server().watch() != PoolWatch.NONE && this.pool.isStarted() && !this.pool.isClosed();
	}

	@Override
	public boolean isSessionStateDeferred() {
		return this.settings.deferSessionState();
	}

	@Override
	public boolean isOfOneHost() {
		return MySqlUrl.isOfOneHost(this.dataSource.getJdbcUrl());
	}

	@Override
	public boolean isKeepaliveCaller() {
		return PoolInternals.isKeepaliveCaller(this.dataSource);
	}

}
