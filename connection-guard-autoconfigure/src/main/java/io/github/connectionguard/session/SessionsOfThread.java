package io.github.connectionguard.session;

import io.github.connectionguard.unit.Surroundings;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that have begun on each thread, one within another, so that code which
 * runs in them can find them.
 */
final class SessionsOfThread implements Surroundings {

	/**
	 * What units of work are told of the sessions around them.
	 */
	static final Surroundings SURROUNDINGS = new SessionsOfThread();

	/**
	 * The innermost session of each thread. Faster than a resource of the transaction
	 * synchronization, which every request without a database would pay for.
	 */
	private static final ThreadLocal<@Nullable Session> INNERMOST = new ThreadLocal<>();

	private SessionsOfThread() {
	}

	/**
	 * Return the innermost session of the thread, of whichever application.
	 */
	static @Nullable Session current() {
		return INNERMOST.get();
	}

	/**
	 * Return the innermost session of the thread that is of the same application.
	 */
	static @Nullable Session current(Sessions sessions) {
		return innermost(current(), sessions);
	}

	/**
	 * Return the innermost session of an application among one and those around it.
	 */
	static @Nullable Session innermost(@Nullable Session from, Sessions sessions) {
		Session session = from;
		while (session != null && !session.isOf(sessions)) {
			session = session.outer();
		}
		return session;
	}

	static void bind(Session session) {
		INNERMOST.set(session);
	}

	static void unbind(Session session) {
		if (current() == session) {
			INNERMOST.set(session.outer());
		}
	}

	@Override
	public boolean isFailed() {
		Session session = current();
		return session != null && session.isKnownToFail();
	}

	@Override
	public boolean isWithinMethod() {
		Session session = current();
		return session != null && session.isWithinMethod();
	}

}
