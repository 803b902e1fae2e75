package io.github.connectionguard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.event.GuardEventListener;
import io.github.connectionguard.hikari.PoolSettings;
import io.github.connectionguard.keepalive.KeepaliveSettings;
import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.lifetime.NetworkLimit;
import org.jspecify.annotations.Nullable;

/**
 * Puts HikariCP pools to MySQL or MariaDB under guard that are no beans of an application
 * with Spring Boot: those that it makes while it runs, and all pools of an application
 * without Spring.
 * <p>
 * With Spring Boot, a bean of this type is there to be injected, also where
 * {@code connection-guard.enabled} is {@code false}. Its pools appear in the health
 * endpoint, the guard's own endpoint and the meters, and leave them a moment after they
 * were closed. Without Spring Boot, {@link #builder()} makes a guard, which needs no
 * Spring on the class path and runs until {@link #close()}.
 * <p>
 * A pool belongs to whoever had it made: it is closed by
 * {@link HikariDataSource#close()}, and the guard closes none. It should be closed before
 * the guard is. Pools to other databases are left as HikariCP makes them, which is told
 * in the log. Thread-safe.
 */
public final class ConnectionGuard implements AutoCloseable {

	private final @Nullable PoolCare care;

	private final List<Runnable> subscriptions;

	/**
	 * Create a guard of which others decide when it runs, as Spring Boot does.
	 * Applications inject the bean, or use {@link #builder()}.
	 * @param care looks after the pools
	 */
	public ConnectionGuard(PoolCare care) {
		this(care, List.of());
	}

	private ConnectionGuard(@Nullable PoolCare care, List<Runnable> subscriptions) {
		this.care = care;
		this.subscriptions = subscriptions;
	}

	/**
	 * Return what makes a guard for an application without Spring Boot.
	 * @return a builder with the defaults
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Start a pool, guarded from its first connection on. Takes, waits and fails as
	 * {@code new HikariDataSource(config)} does; of a pool that fails to start, nothing
	 * stays.
	 * <p>
	 * In the endpoints and meters it has its pool name, which should be set therefore and
	 * tell it from others; if it does not, a number is added.
	 * @param config the pool's configuration, which is copied and stays as it is
	 * @return the pool, running
	 * @throws com.zaxxer.hikari.pool.HikariPool.PoolInitializationException if the server
	 * cannot be reached and {@code initializationFailTimeout} is positive, as it is by
	 * default
	 * @throws IllegalArgumentException if the configuration leads nowhere or has a wrong
	 * value
	 * @throws IllegalStateException if parts of the configuration contradict each other
	 */
	public HikariDataSource guard(HikariConfig config) {
		PoolCare care = this.care;
		return (care != null) ? care.pools().start(config) : new HikariDataSource(config);
	}

	/**
	 * Guard a pool that has not started, as {@code new HikariDataSource()} returns it,
	 * from its first connection on. Waits for nothing. The pool is opened in the
	 * background a moment later, unless that is switched off, or else at its first use.
	 * It is named as {@link #guard(HikariConfig)} tells.
	 * <p>
	 * A pool that runs already only has its timers set, a moment later, which the log
	 * tells once with what it misses. A pool that is guarded is left as it is.
	 * @param pool the pool
	 * @return the same pool
	 */
	public HikariDataSource guard(HikariDataSource pool) {
		PoolCare care = this.care;
		if (care != null) {
			care.pools().guard(pool);
		}
		return pool;
	}

	/**
	 * Look after the pools no more, which waits for no longer than two seconds. Those
	 * that are still open, and those that are made later, keep what needs nobody to look
	 * after them, such as their timers and the look at each connection that is lent. Does
	 * nothing the second time. Spring Boot does this when the application stops.
	 */
	@Override
	public void close() {
		PoolCare care = this.care;
		if (care != null) {
			care.stop();
		}
		this.subscriptions.forEach(Runnable::run);
	}

	/**
	 * Makes a guard for an application without Spring Boot. What can be set has the
	 * defaults of the properties of the same names under {@code connection-guard}. Not
	 * thread-safe.
	 */
	public static final class Builder {

		private static final Duration LONGEST = Duration.ofDays(365);

		private final List<GuardEventListener> listeners = new ArrayList<>();

		private boolean enabled = true;

		private boolean reportOnly;

		private boolean eager = true;

		private boolean deferSessionState = true;

		private @Nullable Duration networkIdleTimeout;

		private Duration validationTimeout = Duration.ofSeconds(1);

		private Duration pingAfter = Duration.ofSeconds(10);

		private boolean keepalive = true;

		private Duration maxHold = Duration.ofMinutes(30);

		private Builder() {
		}

		/**
		 * Set whether pools are guarded at all.
		 * @param enabled {@code false} to leave pools as HikariCP makes them
		 * @return this builder
		 */
		public Builder enabled(boolean enabled) {
			this.enabled = enabled;
			return this;
		}

		/**
		 * Set whether nothing is changed, and only told what is found and would be done.
		 * @param reportOnly {@code true} to change nothing
		 * @return this builder
		 */
		public Builder reportOnly(boolean reportOnly) {
			this.reportOnly = reportOnly;
			return this;
		}

		/**
		 * Set whether pools that have not started are opened in the background.
		 * @param eager {@code false} to have them opened by their first use
		 * @return this builder
		 */
		public Builder eager(boolean eager) {
			this.eager = eager;
			return this;
		}

		/**
		 * Set whether the auto-commit mode, read-only mode and isolation level of a
		 * session are set only when a statement is about to run in another one.
		 * @param deferSessionState {@code false} to set them at once
		 * @return this builder
		 */
		public Builder deferSessionState(boolean deferSessionState) {
			this.deferSessionState = deferSessionState;
			return this;
		}

		/**
		 * Set the longest time an idle connection survives on the way to the server. It
		 * is learned unless it is set.
		 * @param networkIdleTimeout the time, from 1 second to 365 days
		 * @return this builder
		 * @throws IllegalArgumentException if the time is out of range
		 */
		public Builder networkIdleTimeout(Duration networkIdleTimeout) {
			this.networkIdleTimeout = between("networkIdleTimeout", networkIdleTimeout, Duration.ofSeconds(1), LONGEST);
			return this;
		}

		/**
		 * Set how long a server that is well takes to answer, at most.
		 * @param validationTimeout the time, from 100 milliseconds to 1 minute
		 * @return this builder
		 * @throws IllegalArgumentException if the time is out of range
		 */
		public Builder validationTimeout(Duration validationTimeout) {
			this.validationTimeout = between("validationTimeout", validationTimeout, Duration.ofMillis(100),
					Duration.ofMinutes(1));
			return this;
		}

		/**
		 * Set the time after which a connection that was quiet is pinged when it is lent.
		 * @param pingAfter the time, from zero to 365 days
		 * @return this builder
		 * @throws IllegalArgumentException if the time is out of range
		 */
		public Builder pingAfter(Duration pingAfter) {
			this.pingAfter = between("pingAfter", pingAfter, Duration.ZERO, LONGEST);
			return this;
		}

		/**
		 * Set whether connections that have been quiet are pinged.
		 * @param keepalive {@code false} to ping none
		 * @return this builder
		 */
		public Builder keepalive(boolean keepalive) {
			this.keepalive = keepalive;
			return this;
		}

		/**
		 * Set for how long a connection in use is kept alive, at most.
		 * @param maxHold the time, from 1 second to 365 days
		 * @return this builder
		 * @throws IllegalArgumentException if the time is out of range
		 */
		public Builder maxHold(Duration maxHold) {
			this.maxHold = between("maxHold", maxHold, Duration.ofSeconds(1), LONGEST);
			return this;
		}

		/**
		 * Add somebody who is told what happens to the pools, until the guard is closed.
		 * @param listener who is told, on a thread of its own
		 * @return this builder
		 */
		public Builder listener(GuardEventListener listener) {
			this.listeners.add(listener);
			return this;
		}

		/**
		 * Make the guard, which runs from now on. Its threads are daemons.
		 * @return the guard, to be closed by the caller
		 */
		public ConnectionGuard build() {
			if (!this.enabled) {
				return new ConnectionGuard(null, List.of());
			}
			Duration idle = this.networkIdleTimeout;
			PoolSettings pools = new PoolSettings((idle != null) ? new NetworkLimit(idle, LimitSource.NETWORK) : null,
					this.keepalive, this.validationTimeout, this.pingAfter, this.deferSessionState, this.eager,
					List.of(), null, this.reportOnly);
			PoolCare care = new PoolCare(
					new GuardSettings(pools, new KeepaliveSettings(this.keepalive && !this.reportOnly, this.maxHold)));
			List<Runnable> subscriptions = this.listeners.stream().map(care.events()::subscribe).toList();
			care.start();
			return new ConnectionGuard(care, subscriptions);
		}

		private static Duration between(String name, Duration value, Duration least, Duration most) {
			if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
				throw new IllegalArgumentException(
						"'%s' must be between %s and %s, but is %s".formatted(name, least, most, value));
			}
			return value;
		}

	}

}
