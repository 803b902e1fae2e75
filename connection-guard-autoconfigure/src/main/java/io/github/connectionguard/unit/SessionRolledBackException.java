package io.github.connectionguard.unit;

import io.github.connectionguard.outcome.UnitEnd;

import org.springframework.transaction.UnexpectedRollbackException;

/**
 * Thrown at the normal end of a session whose work had to be rolled back nevertheless.
 * Says why, and what to do.
 */
public final class SessionRolledBackException extends UnexpectedRollbackException {

	private final UnitEnd end;

	private SessionRolledBackException(String message, UnitEnd end) {
		super(message);
		this.end = end;
	}

	private SessionRolledBackException(String message, Throwable cause, UnitEnd end) {
		super(message, cause);
		this.end = end;
	}

	/**
	 * Create an exception.
	 * @param message why the work was rolled back, and what to do
	 * @param cause what failed without anybody passing it on
	 */
	public SessionRolledBackException(String message, Throwable cause) {
		this(message, cause, UnitEnd.INSIDE);
	}

	/**
	 * Return why the work was rolled back.
	 */
	UnitEnd end() {
		return this.end;
	}

	static SessionRolledBackException becauseOfATransaction(UnexpectedRollbackException exception) {
		return new SessionRolledBackException("The session ended normally, but its transaction was rolled back: "
				+ "a @Transactional method, or another transaction that had joined it, failed, ran out of time or "
				+ "marked it rollback-only, and nobody passed that on. Pass the exception on, give that method a transaction "
				+ "of its own (REQUIRES_NEW), call DatabaseSessionScope.setRollbackOnly() if that is what is wanted, or set "
				+ "connection-guard.session.mode=unit, where each @Transactional method ends on its own", exception,
				UnitEnd.TRANSACTION);
	}

	static SessionRolledBackException becauseOfItsTimeout() {
		return new SessionRolledBackException("The session ended normally, but its work was rolled back: a statement "
				+ "was refused because the session had run for longer than @DatabaseSession or "
				+ "connection-guard.session.timeout allows, and the exception was caught. Pass the exception on, or raise the timeout",
				UnitEnd.TIMEOUT);
	}

	static SessionRolledBackException becauseAPartIsLost() {
		return new SessionRolledBackException("The session ended normally, but its work was rolled back, as a part of "
				+ "it was lost: the server undid it to end a deadlock, or a transaction in it could not be ended, and "
				+ "the error was not passed on. Pass the exception on, or repeat all of the session's work",
				UnitEnd.PART_LOST);
	}

}
