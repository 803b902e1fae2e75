package io.github.connectionguard.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.github.connectionguard.session.SessionMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Configuration properties of the guard. Each setter refuses what is not allowed by an
 * {@link IllegalArgumentException} that names the property. No record, as its defaults
 * would be bound, and converted from text, at each start.
 */
@ConfigurationProperties("connection-guard")
public final class ConnectionGuardProperties {

	/**
	 * Whether to guard the connection pools to MySQL and MariaDB.
	 */
	private boolean enabled = true;

	/**
	 * What the guard does for the pools.
	 */
	private Mode mode = Mode.GUARD;

	/**
	 * Whether to open each pool once in the background when the application starts, so
	 * that the server's limits are known early.
	 */
	private boolean eager = true;

	/**
	 * Whether to set the auto-commit mode, read-only mode and isolation level of a
	 * database session only when a statement is about to run in another one, which saves
	 * two to four round trips for each transaction.
	 */
	private boolean deferSessionState = true;

	/**
	 * Longest time an idle connection survives on the way to the server, as a load
	 * balancer, NAT or firewall documents it. If a duration suffix is not specified,
	 * seconds are used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration networkIdleTimeout;

	private final Validation validation = new Validation();

	private final Keepalive keepalive = new Keepalive();

	private final Session session = new Session();

	private final Health health = new Health();

	private final ConnectionAttributes connectionAttributes = new ConnectionAttributes();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Mode getMode() {
		return this.mode;
	}

	public void setMode(Mode mode) {
		this.mode = mode;
	}

	public boolean isEager() {
		return this.eager;
	}

	public void setEager(boolean eager) {
		this.eager = eager;
	}

	public boolean isDeferSessionState() {
		return this.deferSessionState;
	}

	public void setDeferSessionState(boolean deferSessionState) {
		this.deferSessionState = deferSessionState;
	}

	public @Nullable Duration getNetworkIdleTimeout() {
		return this.networkIdleTimeout;
	}

	public void setNetworkIdleTimeout(@Nullable Duration networkIdleTimeout) {
		if (networkIdleTimeout != null) {
			requireBetween("connection-guard.network-idle-timeout", networkIdleTimeout, Duration.ofSeconds(1),
					Duration.ofDays(365));
		}
		this.networkIdleTimeout = networkIdleTimeout;
	}

	public Validation getValidation() {
		return this.validation;
	}

	public Keepalive getKeepalive() {
		return this.keepalive;
	}

	public Session getSession() {
		return this.session;
	}

	public Health getHealth() {
		return this.health;
	}

	public ConnectionAttributes getConnectionAttributes() {
		return this.connectionAttributes;
	}

	private static void requireBetween(String key, Duration value, Duration least, Duration most) {
		if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
			throw new IllegalArgumentException(
					"'%s' must be between %s and %s, but is %s".formatted(key, text(least), text(most), text(value)));
		}
	}

	private static String text(Duration duration) {
		return (duration.toSeconds() > 0 && duration.toMillisPart() == 0) ? duration.toSeconds() + "s"
				: duration.toMillis() + "ms";
	}

	/**
	 * What the guard does for the pools.
	 */
	public enum Mode {

		/**
		 * Guards the pools.
		 */
		GUARD,

		/**
		 * Changes nothing, and tells what it finds and what it would do.
		 */
		REPORT_ONLY

	}

	/**
	 * Validation of connections.
	 */
	public static final class Validation {

		/**
		 * Maximum time a server that is well takes to answer. More on a path that is
		 * measured to be slower, up to the pool's own validation timeout, for which an
		 * unanswered ping is waited at most. If a duration suffix is not specified,
		 * seconds are used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration timeout = Duration.ofSeconds(1);

		/**
		 * Time after which a connection that was quiet is pinged when it is lent, rather
		 * than only looked at, even while others hear the server. After as long without a
		 * word of the server it is asked in a login. If a duration suffix is not
		 * specified, seconds are used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration pingAfter = Duration.ofSeconds(10);

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			requireBetween("connection-guard.validation.timeout", timeout, Duration.ofMillis(100),
					Duration.ofMinutes(1));
			this.timeout = timeout;
		}

		public Duration getPingAfter() {
			return this.pingAfter;
		}

		public void setPingAfter(Duration pingAfter) {
			requireBetween("connection-guard.validation.ping-after", pingAfter, Duration.ZERO, Duration.ofDays(365));
			this.pingAfter = pingAfter;
		}

	}

	/**
	 * Keepalive of connections.
	 */
	public static final class Keepalive {

		/**
		 * Whether to ping connections that have been quiet, and to ask a quiet server in
		 * logins.
		 */
		private boolean enabled = true;

		/**
		 * Maximum time for which a connection in use is kept alive for whoever holds it.
		 * If a duration suffix is not specified, seconds are used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration maxHold = Duration.ofMinutes(30);

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getMaxHold() {
			return this.maxHold;
		}

		public void setMaxHold(Duration maxHold) {
			requireBetween("connection-guard.keepalive.max-hold", maxHold, Duration.ofSeconds(1), Duration.ofDays(365));
			this.maxHold = maxHold;
		}

	}

	/**
	 * Sessions, around each request and other code.
	 */
	public static final class Session {

		/**
		 * How the work of a session on the database is brought to an end.
		 */
		private SessionMode mode = SessionMode.AUTO;

		/**
		 * Whether to end what a session left open on a connection it did not give back,
		 * and to take that connection out of the pool.
		 */
		private boolean reclaimLeaks = true;

		/**
		 * Maximum time for which a session may run statements, in modes 'unit' and
		 * 'transaction'. After it, one that is under way is cancelled, further ones fail,
		 * and a session that was refused one is rolled back. If a duration suffix is not
		 * specified, seconds are used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration timeout;

		/**
		 * Comma-separated list of the names of the data sources that sessions cover
		 * beside that of the primary transaction manager.
		 */
		private List<String> dataSources = List.of();

		/**
		 * Comma-separated list of path patterns within the application whose requests
		 * have no session.
		 */
		private List<String> excludePaths = List.of();

		public SessionMode getMode() {
			return this.mode;
		}

		public void setMode(SessionMode mode) {
			this.mode = mode;
		}

		public boolean isReclaimLeaks() {
			return this.reclaimLeaks;
		}

		public void setReclaimLeaks(boolean reclaimLeaks) {
			this.reclaimLeaks = reclaimLeaks;
		}

		public @Nullable Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(@Nullable Duration timeout) {
			if (timeout != null) {
				requireBetween("connection-guard.session.timeout", timeout, Duration.ofSeconds(1),
						Duration.ofDays(365));
			}
			this.timeout = timeout;
		}

		public List<String> getDataSources() {
			return this.dataSources;
		}

		public void setDataSources(List<String> dataSources) {
			this.dataSources = dataSources;
		}

		public List<String> getExcludePaths() {
			return this.excludePaths;
		}

		public void setExcludePaths(List<String> excludePaths) {
			this.excludePaths = excludePaths;
		}

	}

	/**
	 * What the health endpoint shows.
	 */
	public static final class Health {

		/**
		 * Whether to answer for guarded pools under the name 'db' instead of Spring
		 * Boot's indicator, which borrows a connection from the pool.
		 */
		private boolean replaceDb = true;

		public boolean isReplaceDb() {
			return this.replaceDb;
		}

		public void setReplaceDb(boolean replaceDb) {
			this.replaceDb = replaceDb;
		}

	}

	/**
	 * What the server is told of whom its sessions are for.
	 */
	public static final class ConnectionAttributes {

		/**
		 * Whether to name the application, its instance and the pool in the connection
		 * attributes that the driver sends when it logs in.
		 */
		private boolean enabled;

		/**
		 * Name of this instance of the application. Unless it is set, the name of the
		 * host and the number of the process are used.
		 */
		private @Nullable String instance;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable String getInstance() {
			return this.instance;
		}

		public void setInstance(@Nullable String instance) {
			this.instance = instance;
		}

	}

}
