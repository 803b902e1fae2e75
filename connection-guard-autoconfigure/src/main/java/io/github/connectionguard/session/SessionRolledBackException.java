package io.github.connectionguard.session;

import org.springframework.transaction.UnexpectedRollbackException;

/**
 * Thrown at the normal end of a session whose work had to be rolled back nevertheless.
 * Says why, and what to do.
 */
public final class SessionRolledBackException extends UnexpectedRollbackException {

	private SessionRolledBackException(String message) {
		super(message);
	}

	private SessionRolledBackException(String message, Throwable cause) {
		super(message, cause);
	}

	static SessionRolledBackException becauseOfAScope(Throwable failure) {
		return new SessionRolledBackException("The session ended normally, but its work was rolled back: a scope that "
				+ "had joined it failed, and the exception was caught (see the cause). Pass the exception on, or give "
				+ "that work a transaction of its own (REQUIRES_NEW) or a thread of its own", failure);
	}

	static SessionRolledBackException becauseOfATransaction(UnexpectedRollbackException exception) {
		return new SessionRolledBackException("The session ended normally, but its transaction was rolled back: "
				+ "a @Transactional method, or another transaction that had joined it, failed, ran out of time or "
				+ "marked it rollback-only, and nobody passed that on. Pass the exception on, give that method a transaction "
				+ "of its own (REQUIRES_NEW), call DatabaseSessionScope.setRollbackOnly() if that is what is wanted, or set "
				+ "connection-guard.session.mode=unit, where each @Transactional method ends on its own", exception);
	}

	static SessionRolledBackException afterAnEarlyResponse(Throwable failure) {
		return new SessionRolledBackException("The work of the request was rolled back because of a failure that was "
				+ "handled (see the cause), but a response that told of a success was sent in part before, in the "
				+ "middle of a transaction or of a result that was read row by row. The response is broken off",
				failure);
	}

	static SessionRolledBackException becauseOfItsTimeout() {
		return new SessionRolledBackException("The session ended normally, but its work was rolled back: a statement "
				+ "was refused because the session had run for longer than @DatabaseSession or "
				+ "connection-guard.session.timeout allows, and the exception was caught. Pass the exception on, or raise the timeout");
	}

	static SessionRolledBackException becauseAPartIsLost() {
		return new SessionRolledBackException("The session ended normally, but its work was rolled back, as a part of "
				+ "it was lost: the server undid it to end a deadlock, or a transaction in it could not be ended, and "
				+ "the error was not passed on. Pass the exception on, or repeat all of the session's work");
	}

}
