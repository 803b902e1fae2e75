package io.github.connectionguard.mysql;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of statements that were read before, as applications run the same ones over
 * and over. Thread-safe: entries are immutable, and one that gets lost is read again.
 */
final class KnownKinds {

	private static final int SIZE = 256;

	private static final int LONGEST = 2000;

	private final @Nullable Entry[] entries = new @Nullable Entry[SIZE];

	StatementKind of(String sql) {
		if (sql.length() > LONGEST) {
			return new StatementReader(sql).kind();
		}
		int hash = sql.hashCode();
		int index = (hash ^ (hash >>> 16)) & (SIZE - 1);
		Entry known = this.entries[index];
		if (known == null || !known.sql.equals(sql)) {
			known = new Entry(sql, new StatementReader(sql).kind());
			this.entries[index] = known;
		}
		return known.kind;
	}

	private record Entry(String sql, StatementKind kind) {

	}

}
