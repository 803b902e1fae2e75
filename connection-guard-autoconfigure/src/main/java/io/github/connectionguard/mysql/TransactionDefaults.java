package io.github.connectionguard.mysql;

import java.sql.Connection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the next transactions of a session are, unless they say otherwise.
 *
 * @param readOnly whether they only read ({@code transaction_read_only})
 * @param isolation their isolation level ({@code transaction_isolation}), as
 * {@link Connection} has it
 */
public record TransactionDefaults(boolean readOnly, int isolation) {

	private static final Map<String, Integer> LEVELS = Map.of("READ-UNCOMMITTED",
			Connection.TRANSACTION_READ_UNCOMMITTED, "READ-COMMITTED", Connection.TRANSACTION_READ_COMMITTED,
			"REPEATABLE-READ", Connection.TRANSACTION_REPEATABLE_READ, "SERIALIZABLE",
			Connection.TRANSACTION_SERIALIZABLE);

	/**
	 * Return the isolation level of a name.
	 * @param name the server's name for it, or {@code null}
	 * @return the level, or {@code null} if there is none of that name
	 */
	public static @Nullable Integer level(@Nullable String name) {
		return (name != null) ? LEVELS.get(name) : null;
	}

	static @Nullable TransactionDefaults of(@Nullable String readOnly, @Nullable String isolation) {
		Integer level = level(isolation);
		return (readOnly != null && level != null)
				? new TransactionDefaults(ServerSessionReader.isReadOnly(readOnly), level) : null;
	}

}
