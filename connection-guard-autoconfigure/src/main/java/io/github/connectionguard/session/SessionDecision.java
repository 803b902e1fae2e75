package io.github.connectionguard.session;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Which mode an application's sessions run in, and why.
 *
 * @param mode the mode, never {@link SessionMode#AUTO}
 * @param reason the reason, in words that continue a sentence
 */
record SessionDecision(SessionMode mode, String reason) {

	/**
	 * What the application's transaction manager is.
	 */
	enum Manager {

		/**
		 * There is none, or there are several and none is primary.
		 */
		NONE,

		/**
		 * Exactly Spring's own for JDBC, over a guarded pool. A subclass may do more at
		 * the begin of a transaction, which a bound connection would skip.
		 */
		JDBC,

		/**
		 * Exactly Spring's own for JDBC, over a pool that is not guarded.
		 */
		JDBC_ELSEWHERE,

		/**
		 * Exactly Spring's own for JDBC, over a data source whose connections may come
		 * now from here and now from there, or differ.
		 */
		JDBC_ANYWHERE,

		/**
		 * Any other.
		 */
		OTHER

	}

	/**
	 * Decide about the first data source.
	 * @param guarded whether any pool is guarded
	 * @param doubt what makes it doubtful where connections come from, for the reason
	 */
	static SessionDecision of(SessionMode requested, boolean guarded, Manager manager, @Nullable String doubt) {
		if (requested == SessionMode.OFF) {
			return new SessionDecision(SessionMode.OFF, "connection-guard.session.mode says so");
		}
		if (!guarded) {
			return new SessionDecision(SessionMode.OFF, "no pool to MySQL or MariaDB is guarded");
		}
		return switch (requested) {
			case BACKSTOP -> new SessionDecision(SessionMode.BACKSTOP, "connection-guard.session.mode says so");
			case TRANSACTION -> switch (manager) {
				case JDBC, OTHER ->
					new SessionDecision(SessionMode.TRANSACTION, "connection-guard.session.mode says so");
				case NONE, JDBC_ELSEWHERE, JDBC_ANYWHERE ->
					new SessionDecision(SessionMode.BACKSTOP, reason(manager, doubt));
			};
			default -> new SessionDecision((manager == Manager.JDBC) ? SessionMode.UNIT : SessionMode.BACKSTOP,
					reason(manager, doubt));
		};
	}

	/**
	 * Decide about another data source than the first.
	 * @param first the mode on the first one
	 */
	static SessionDecision another(SessionMode requested, SessionMode first, Manager manager, @Nullable String doubt) {
		if (requested == SessionMode.TRANSACTION && first != SessionMode.TRANSACTION) {
			return new SessionDecision(SessionMode.BACKSTOP, "the session has no transaction it could end with");
		}
		if (manager == Manager.OTHER) {
			return new SessionDecision(SessionMode.BACKSTOP, reason(manager, doubt));
		}
		return of(requested, true, manager, doubt);
	}

	/**
	 * Return the mode as it is written in properties.
	 */
	String modeName() {
		return this.mode.name().toLowerCase(Locale.ROOT);
	}

	private static String reason(Manager manager, @Nullable String doubt) {
		return switch (manager) {
			case NONE -> "there is no single transaction manager";
			case JDBC -> "the transaction manager is Spring's own for JDBC";
			case JDBC_ELSEWHERE -> "the transaction manager's data source is not guarded";
			case JDBC_ANYWHERE ->
				"the transaction manager's data source may lead elsewhere than to one guarded pool (%s)"
					.formatted(doubt);
			case OTHER -> "the transaction manager is not exactly Spring's own for JDBC";
		};
	}

}
