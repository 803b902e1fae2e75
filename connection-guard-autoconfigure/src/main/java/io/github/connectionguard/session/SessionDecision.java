package io.github.connectionguard.session;

import java.util.Locale;

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
		 * Exactly Spring's own for JDBC, over something else.
		 */
		JDBC_ELSEWHERE,

		/**
		 * Any other.
		 */
		OTHER

	}

	static SessionDecision of(SessionMode requested, boolean guarded, Manager manager) {
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
				case NONE, JDBC_ELSEWHERE -> new SessionDecision(SessionMode.BACKSTOP, reason(manager));
			};
			default -> new SessionDecision((manager == Manager.JDBC) ? SessionMode.UNIT : SessionMode.BACKSTOP,
					reason(manager));
		};
	}

	/**
	 * Decide about another data source than the first.
	 * @param first the mode on the first one
	 */
	static SessionDecision another(SessionMode requested, SessionMode first, Manager manager) {
		if (requested == SessionMode.TRANSACTION && first != SessionMode.TRANSACTION) {
			return new SessionDecision(SessionMode.BACKSTOP, "the session has no transaction it could end with");
		}
		if (manager == Manager.OTHER) {
			return new SessionDecision(SessionMode.BACKSTOP, reason(manager));
		}
		return of(requested, true, manager);
	}

	/**
	 * Return the mode as it is written in properties.
	 */
	String modeName() {
		return this.mode.name().toLowerCase(Locale.ROOT);
	}

	private static String reason(Manager manager) {
		return switch (manager) {
			case NONE -> "there is no single transaction manager";
			case JDBC -> "the transaction manager is Spring's own for JDBC";
			case JDBC_ELSEWHERE -> "the transaction manager's data source is not guarded";
			case OTHER -> "the transaction manager is not exactly Spring's own for JDBC";
		};
	}

}
