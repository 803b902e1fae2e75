package io.github.connectionguard.lifetime;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long the server lets one session stay idle.
 *
 * @param waitTimeout the session's {@code wait_timeout}, at least one second
 * @param source where that value came from
 * @param idleTransaction the same in the middle of a transaction, the shortest of
 * MariaDB's {@code idle_transaction_timeout}, {@code idle_readonly_transaction_timeout}
 * and {@code idle_write_transaction_timeout}, or {@code null} if there is no such limit
 */
public record ServerLimits(Duration waitTimeout, LimitSource source, @Nullable Duration idleTransaction) {

	/**
	 * Create the limits of a session with no limit of its own for transactions.
	 * @param waitTimeout the session's {@code wait_timeout}, at least one second
	 * @param source where that value came from
	 */
	public ServerLimits(Duration waitTimeout, LimitSource source) {
		this(waitTimeout, source, null);
	}

}
