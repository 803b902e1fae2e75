package io.github.connectionguard.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.github.connectionguard.session.SessionMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Configuration properties of the guard.
 *
 * @param enabled Whether to guard the connection pools to MySQL and MariaDB.
 * @param mode What the guard does for the pools.
 * @param eager Whether to open each pool once in the background when the application
 * starts, so that the server's limits are known early.
 * @param deferSessionState Whether to set the auto-commit mode, read-only mode and
 * isolation level of a database session only when a statement is about to run in another
 * one, which saves two to four round trips for each transaction.
 * @param networkIdleTimeout Longest time an idle connection survives on the way to the
 * server, as a load balancer, NAT or firewall documents it. If a duration suffix is not
 * specified, seconds are used.
 * @param validation Validation of connections.
 * @param keepalive Keepalive of connections.
 * @param session Sessions, around each request and other code.
 * @param health What the health endpoint shows.
 * @param connectionAttributes What the server is told of whom its sessions are for.
 */
@ConfigurationProperties("connection-guard")
public record ConnectionGuardProperties(@DefaultValue("true") boolean enabled, @DefaultValue("guard") Mode mode,
		@DefaultValue("true") boolean eager, @DefaultValue("true") boolean deferSessionState,
		@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration networkIdleTimeout, @DefaultValue Validation validation,
		@DefaultValue Keepalive keepalive, @DefaultValue Session session, @DefaultValue Health health,
		@DefaultValue ConnectionAttributes connectionAttributes) {

	public ConnectionGuardProperties {
		if (networkIdleTimeout != null) {
			requireBetween("connection-guard.network-idle-timeout", networkIdleTimeout, Duration.ofSeconds(1),
					Duration.ofDays(365));
		}
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
	 *
	 * @param timeout Maximum time a server that is well takes to answer. More on a path
	 * that is measured to be slower, up to the pool's own validation timeout, for which
	 * an unanswered ping is waited at most. If a duration suffix is not specified,
	 * seconds are used.
	 * @param pingAfter Time after which a connection that was quiet is pinged when it is
	 * lent, rather than only looked at, even while others hear the server. After as long
	 * without a word of the server it is asked in a login. If a duration suffix is not
	 * specified, seconds are used.
	 */
	public record Validation(@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("1s") Duration timeout,
			@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("10s") Duration pingAfter) {

		public Validation {
			requireBetween("connection-guard.validation.timeout", timeout, Duration.ofMillis(100),
					Duration.ofMinutes(1));
			requireBetween("connection-guard.validation.ping-after", pingAfter, Duration.ZERO, Duration.ofDays(365));
		}

	}

	/**
	 * Keepalive of connections.
	 *
	 * @param enabled Whether to ping connections that have been quiet, and to ask a quiet
	 * server in logins.
	 * @param maxHold Maximum time for which a connection in use is kept alive for whoever
	 * holds it. If a duration suffix is not specified, seconds are used.
	 */
	public record Keepalive(@DefaultValue("true") boolean enabled,
			@DurationUnit(ChronoUnit.SECONDS) @DefaultValue("30m") Duration maxHold) {

		public Keepalive {
			requireBetween("connection-guard.keepalive.max-hold", maxHold, Duration.ofSeconds(1), Duration.ofDays(365));
		}

	}

	/**
	 * Sessions, around each request and other code.
	 *
	 * @param mode How the work of a session on the database is brought to an end.
	 * @param reclaimLeaks Whether to end what a session left open on a connection it did
	 * not give back, and to take that connection out of the pool.
	 * @param timeout Maximum time for which a session may run statements, in modes 'unit'
	 * and 'transaction'. After it, one that is under way is cancelled, further ones fail,
	 * and a session that was refused one is rolled back. If a duration suffix is not
	 * specified, seconds are used.
	 * @param dataSources Comma-separated list of the names of the data sources that
	 * sessions cover beside that of the primary transaction manager.
	 * @param excludePaths Comma-separated list of path patterns within the application
	 * whose requests have no session.
	 */
	public record Session(@DefaultValue("auto") SessionMode mode, @DefaultValue("true") boolean reclaimLeaks,
			@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration timeout, @DefaultValue List<String> dataSources,
			@DefaultValue List<String> excludePaths) {

		public Session {
			if (timeout != null) {
				requireBetween("connection-guard.session.timeout", timeout, Duration.ofSeconds(1),
						Duration.ofDays(365));
			}
		}

	}

	/**
	 * What the health endpoint shows.
	 *
	 * @param replaceDb Whether to answer for guarded pools under the name 'db' instead of
	 * Spring Boot's indicator, which borrows a connection from the pool.
	 */
	public record Health(@DefaultValue("true") boolean replaceDb) {

	}

	/**
	 * What the server is told of whom its sessions are for.
	 *
	 * @param enabled Whether to name the application, its instance and the pool in the
	 * connection attributes that the driver sends when it logs in.
	 * @param instance Name of this instance of the application. Unless it is set, the
	 * name of the host and the number of the process are used.
	 */
	public record ConnectionAttributes(@DefaultValue("false") boolean enabled, @Nullable String instance) {

	}

}
