package io.github.connectionguard.hikari;

import java.sql.Connection;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.lifetime.Durations;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.lifetime.NetworkLimit;
import io.github.connectionguard.lifetime.PoolTimers;
import io.github.connectionguard.mysql.MySqlUrl;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.mysql.ServerSessionReader;
import io.github.connectionguard.report.PoolSnapshot;
import io.github.connectionguard.report.ServerReport;
import io.github.connectionguard.report.SettingsReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool that ran before the guard met it. The guard can read the server's limit through
 * it and set its timers, but does not see its connections. Thread-safe.
 */
public final class StartedPool {

	private static final Logger logger = LoggerFactory.getLogger(StartedPool.class);

	private static final String REMEDY = """
			For all of it, in place of new HikariDataSource(config):
				HikariDataSource pool = new HikariDataSource();
				config.copyStateTo(pool);
			or, with dynamic-datasource, spring.datasource.dynamic.lazy=true""";

	private final String beanName;

	private final HikariDataSource dataSource;

	private final DriverSource driver;

	private final PoolSettings settings;

	private final HikariTimers timers;

	private volatile @Nullable LifetimePlan plan;

	private volatile @Nullable ServerSessionFacts facts;

	StartedPool(String beanName, HikariDataSource dataSource, DriverSource driver, PoolSettings settings) {
		this.beanName = beanName;
		this.dataSource = dataSource;
		this.driver = driver;
		this.settings = settings;
		this.timers = new HikariTimers(dataSource);
	}

	/**
	 * Return the name of the bean the pool is, or belongs to.
	 * @return the bean's name
	 */
	public String beanName() {
		return this.beanName;
	}

	/**
	 * Return the plan the pool follows.
	 * @return the plan, or {@code null} if the limit has not been read
	 */
	public @Nullable LifetimePlan plan() {
		return this.plan;
	}

	/**
	 * Return the counters of the pool. Borrows nothing and waits for nothing.
	 * @return the counters
	 */
	public PoolSnapshot snapshot() {
		return GuardedPool.snapshot(this.dataSource);
	}

	/**
	 * Return the pool's own name, for messages.
	 * @return the name of the pool
	 */
	public String name() {
		return this.dataSource.getPoolName();
	}

	/**
	 * Return what the user asked for, and what the pool keeps to.
	 * @return the settings
	 */
	public SettingsReport settings() {
		NetworkLimit known = this.settings.network();
		return new SettingsReport(this.timers.requested(), this.timers.effective(),
				(known != null) ? known.idleTimeout() : null);
	}

	/**
	 * Return what is known of the server, which is not whether it can be reached.
	 * @return the report
	 */
	public ServerReport serverReport() {
		return new ServerReport(MySqlUrl.hosts(this.dataSource.getJdbcUrl()), null, null, false, null,
				PoolServer.session(this.facts, null), null);
	}

	/**
	 * Read the limit and set the timers. Connections that are too old for them are
	 * replaced once.
	 * @throws SQLException if the server could not be asked
	 */
	public void tune() throws SQLException {
		if (this.settings.reportOnly()) {
			report();
			return;
		}
		ServerSessionFacts read = read();
		PoolTimers requested = this.timers.requested();
		LifetimePlan planned = LifetimePlan.of(read.limits(), this.settings.network(), requested, true);
		this.timers.set(planned.poolTimers());
		this.plan = planned;
		this.facts = read;
		if (!planned.poolTimers().equals(requested)) {
			this.dataSource.getHikariPoolMXBean().softEvictConnections();
		}
		logger.warn("{} - This pool was running before it could be put under guard: its max-lifetime is {} and its "
				+ "keepalive-time {} now, for a wait_timeout of {}, but its connections are not looked at when "
				+ "they are lent and not kept alive in use, leaks stay, and a changed limit is not followed. {}",
				this.dataSource.getPoolName(), Durations.text(planned.poolTimers().maxLifetime()),
				Durations.text(planned.poolTimers().keepalive()), Durations.text(read.limits().waitTimeout()), REMEDY);
	}

	/**
	 * Read the limit past the pool, all of whose connections may be in use.
	 */
	private ServerSessionFacts read() throws SQLException {
		try (Connection login = this.driver.login(this.dataSource)) {
			ServerSessionSetup.of(this.dataSource).apply(login);
			return new ServerSessionReader().read(login);
		}
	}

	/**
	 * Tell what the timers would be.
	 */
	private void report() throws SQLException {
		ServerSessionFacts read = read();
		LifetimePlan wanted = LifetimePlan.of(read.limits(), this.settings.network(), this.timers.requested(), true);
		this.plan = wanted.keptTo(this.timers.effective());
		this.facts = read;
		logger.info("{} - This pool was running before the guard met it, and connection-guard.mode is report-only: "
				+ "nothing is known of its connections. For a wait_timeout of {}, its max-lifetime would be {} and its "
				+ "keepalive-time {}", this.dataSource.getPoolName(), Durations.text(read.limits().waitTimeout()),
				Durations.text(wanted.poolTimers().maxLifetime()), Durations.text(wanted.poolTimers().keepalive()));
	}

}
