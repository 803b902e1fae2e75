package io.github.connectionguard.hikari;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.advice.ConfigurationAdvice;
import io.github.connectionguard.advice.FirstSession;
import io.github.connectionguard.advice.PoolConfiguration;
import io.github.connectionguard.advice.PoolNumbers;
import io.github.connectionguard.connection.OwningPool;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.driver.ConnectAttempt;
import io.github.connectionguard.driver.ConnectionPing;
import io.github.connectionguard.hikari.ConfinedProperties.Asking;
import io.github.connectionguard.lifetime.PoolTimers;
import io.github.connectionguard.mysql.MySqlUrl;
import io.github.connectionguard.mysql.ServerInquiry;
import io.github.connectionguard.mysql.ServerProxy;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.mysql.ServerSessionReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What HikariCP and its configuration mean for the connections of one pool. Thread-safe.
 */
final class HikariOwningPool implements OwningPool {

	private static final Logger logger = LoggerFactory.getLogger(HikariOwningPool.class);

	/**
	 * The name of the data source that Spring Boot makes of {@code spring.datasource}.
	 */
	private static final String OF_SPRING_BOOT = "dataSource";

	private final GuardedPool pool;

	private final HikariDataSource dataSource;

	private final PoolSettings settings;

	private final PoolInternals internals;

	private final ServerSessionReader factsReader = new ServerSessionReader();

	private final PoolNumbers asked;

	/**
	 * A pool whose server is away starts again and again.
	 */
	private final AtomicBoolean advised = new AtomicBoolean();

	/**
	 * What to advise on when a session shows more, {@code null} before and after.
	 */
	private final AtomicReference<@Nullable PoolConfiguration> started = new AtomicReference<>();

	HikariOwningPool(GuardedPool pool, PoolSettings settings, PoolInternals internals) {
		this.pool = pool;
		this.dataSource = pool.dataSource();
		this.settings = settings;
		this.internals = internals;
		this.asked = numbers(this.dataSource);
	}

	/**
	 * Read the numbers of a configuration, which are the user's until the pool validates
	 * them.
	 */
	static PoolNumbers numbers(HikariConfig config) {
		return new PoolNumbers(HikariTimers.read(config), Duration.ofMillis(config.getIdleTimeout()),
				Duration.ofMillis(config.getLeakDetectionThreshold()), Duration.ofMillis(config.getValidationTimeout()),
				Duration.ofMillis(config.getConnectionTimeout()), config.getMinimumIdle(), config.getMaximumPoolSize());
	}

	// At work

	@Override
	public void poolStarting() {
		HikariTimers timers = this.pool.planning().timers();
		timers.validated();
		this.internals.properties().set(this, asking());
		if (this.dataSource.getLeakDetectionThreshold() > 0) {
			this.pool.ledger().recordBorrowers(); // as HikariCP does
		}
		if (this.advised.compareAndSet(false, true)) {
			PoolConfiguration configuration = configuration(timers.requested());
			tellWhatIsOff();
			this.pool.start().advise(ConfigurationAdvice.on(configuration));
			this.started.set(configuration);
		}
	}

	private PoolConfiguration configuration(PoolTimers requested) {
		HikariDataSource config = this.dataSource;
		return new PoolConfiguration(config.getJdbcUrl(), config.getDataSourceProperties(),
				config.getConnectionTestQuery(), this.asked.with(requested), numbers(config),
				this.pool.beanName().equals(OF_SPRING_BOOT) ? this.settings.keys() : List.of());
	}

	private void tellWhatIsOff() {
		if (this.settings.reportOnly()) {
			this.pool.start().off("Nothing is changed, since connection-guard.mode is report-only");
			return;
		}
		if (!this.settings.keptAlive()) {
			this.pool.start()
				.off("Nothing is pinged, since connection-guard.keepalive.enabled is false: connections are replaced "
						+ "before they are too old");
		}
		if (!this.settings.deferSessionState()) {
			this.pool.start()
				.off("The state of sessions is set at once, since connection-guard.defer-session-state is false");
		}
		else if (!isOfOneHost()) {
			this.pool.start()
				.off("The read-only mode and isolation level of sessions are set at once, since the URL may lead to "
						+ "several hosts");
		}
	}

	@Override
	public void connecting() {
		this.internals.properties().clear(this);
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
	public void meet(Connection driver, ServerSessionFacts facts) {
		ServerInquiry inquiry = this.pool.server().inquire(driver);
		PoolConfiguration configuration = this.started.getAndSet(null);
		if (configuration != null) {
			try {
				DatabaseMetaData metaData = driver.getMetaData();
				this.pool.isDrivenBy(metaData.getDriverName() + " " + metaData.getDriverVersion());
				this.pool.start()
					.advise(ConfigurationAdvice.on(configuration,
							new FirstSession(metaData.getDriverName(), metaData.getDriverVersion(), facts)));
				this.pool.losses().begin(inquiry.kills());
				ServerProxy proxy = proxy(driver, facts, inquiry);
				this.pool.server().behind(proxy);
				this.pool.start().advise(ConfigurationAdvice.on(proxy, this.settings.network() != null));
				this.pool.server().count(inquiry, facts);
			}
			catch (SQLException ex) {
				logger.debug("{} - The first session did not tell all", this.pool, ex);
			}
		}
		else if (facts.autoCommit() && isWaitedForByNobody(facts)) {
			this.pool.server().count(inquiry, facts);
		}
	}

	/**
	 * A session in the place of one that died is not among the pool's before it is ready,
	 * and somebody waits for that.
	 */
	private boolean isWaitedForByNobody(ServerSessionFacts facts) {
		return this.pool.snapshot().waiting() == 0 && this.pool.share().sessions().contains(facts.connectionId());
	}

	private ServerProxy proxy(Connection driver, ServerSessionFacts facts, ServerInquiry inquiry) throws SQLException {
		long greeted = ConnectionPing.of(driver).sessionNumber();
		return ServerProxy.of(inquiry.versionComment(), driver.getMetaData().getDatabaseProductVersion(),
				MySqlUrl.hosts(this.dataSource.getJdbcUrl()),
				greeted < 0 || (int) greeted == (int) facts.connectionId());
	}

	/**
	 * To be asked costs no round trip, unless by a test query. What can be replaced at
	 * its first use, and is looked at then, need not be asked about when it goes from
	 * hand to hand.
	 */
	private Asking asking() {
		if (this.dataSource.getConnectionTestQuery() != null || this.settings.reportOnly()) {
			return Asking.AS_IT_COMES;
		}
		return (this.settings.deferSessionState() && !this.settings.pingAfter().isZero()
				&& this.pool.driver().isSeen(this.dataSource)) ? Asking.UNLESS_HANDED_ON : Asking.ALWAYS;
	}

	@Override
	public void ready(PhysicalConnection connection, ServerSessionFacts facts) {
		this.pool.server().ready(facts);
		tellIfUnknown(connection);
		this.pool.planning().ready(connection, facts);
	}

	@Override
	public void unreadable(PhysicalConnection connection, Exception exception) {
		tellIfUnknown(connection);
		this.pool.planning().unreadable(connection, exception);
	}

	private void tellIfUnknown(PhysicalConnection connection) {
		if (!connection.wire().canPing()) {
			this.pool.start()
				.off("Connections are validated by the driver and not kept alive by the guard, since the driver is "
						+ "another one than MySQL's or MariaDB's Connector/J, or hidden by a wrapper");
		}
		else if (connection.wire().isBlind()) {
			this.pool.driver().tellIfUnseen(this.dataSource, this.pool.start());
		}
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
		return !this.settings.reportOnly() && this.pool.server().watch() != PoolWatch.NONE && this.pool.isStarted()
				&& !this.pool.isClosed();
	}

	@Override
	public boolean isReportOnly() {
		return this.settings.reportOnly();
	}

	@Override
	public @Nullable ServerSessionFacts observed() {
		return this.settings.reportOnly() ? this.pool.planning().facts() : null;
	}

	@Override
	public boolean isSessionStateDeferred() {
		return this.settings.deferSessionState() && !this.settings.reportOnly();
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
