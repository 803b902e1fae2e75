package io.github.connectionguard.session;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import io.github.connectionguard.unit.SessionRolledBackException;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Puts a session around any code, as requests have one: what runs in it on the same
 * thread is committed when it ends normally, and rolled back after anything it threw,
 * which comes out as it is. How, {@code connection-guard.session.mode} says and the
 * {@link RollbackPolicy} decides, which finds {@link Outcome#NO_STATUS}. Connections that
 * are still out at the end are dealt with as those of a request.
 *
 * <p>
 * Within a request or another scope on the same thread, the code joins that session, and
 * ends with it. If it throws something there, nothing of the session is committed, and
 * when nobody else says so the end of the session does, with a
 * {@link SessionRolledBackException}. Within a transaction of the application, the code
 * is a part of that transaction, whose owner decides. Thread-safe.
 */
public final class DatabaseSessionScope {

	private final @Nullable Sessions sessions;

	/**
	 * Create the scope of an application's sessions.
	 * @param sessions the sessions, {@code null} if there are none, so that code runs as
	 * without a scope
	 */
	public DatabaseSessionScope(@Nullable Sessions sessions) {
		this.sessions = sessions;
	}

	/**
	 * Run code in a session.
	 * @param work the code
	 * @param <X> what it may throw
	 * @throws X what it threw
	 * @throws RuntimeException if the commit failed
	 */
	public <X extends Throwable> void run(Work<X> work) throws X {
		call(() -> {
			work.run();
			return work;
		});
	}

	/**
	 * Call code in a session.
	 * @param task the code
	 * @param <T> what it returns
	 * @param <X> what it may throw
	 * @return what it returned
	 * @throws X what it threw
	 * @throws RuntimeException if the commit failed
	 */
	public <T extends @Nullable Object, X extends Throwable> T call(Task<T, X> task) throws X {
		Session session = (this.sessions != null) ? this.sessions.open() : null;
		return (session != null) ? callIn(session, task) : task.call();
	}

	/**
	 * Have the session of the current thread, that of a request or of a scope, end in a
	 * rollback although nothing is thrown. A {@code @Transactional} method that calls
	 * this ends in a rollback, too. What was committed before stays, and so does what
	 * takes effect statement by statement in mode {@code backstop}.
	 * @throws IllegalStateException if no session has begun on the current thread
	 */
	public void setRollbackOnly() {
		Session session = current();
		if (session == null) {
			throw new IllegalStateException("No session has begun on this thread that could be rolled back: it is "
					+ "neither in a request nor in DatabaseSessionScope.run or call, or the handler is annotated with "
					+ "@NoSession, or connection-guard.session.mode is off, or the guard is");
		}
		session.setRollbackOnly();
	}

	/**
	 * Have something done that has to find what was written so far, such as starting a
	 * job, telling another service or publishing an event. In a transaction of the
	 * application it is done after that is committed; else when the session of the
	 * current thread, that of a request or of a scope, is, before the first byte of a
	 * response; and at once where nothing waits to be committed: outside of sessions and
	 * transactions, and in mode {@code backstop}. It is not done where the transaction or
	 * session ends in a rollback. As with what Spring does after a commit, work of its
	 * own on the database needs a new transaction. What it throws is logged and harms
	 * nothing.
	 * @param action what to do, on the current thread
	 */
	public void afterCommit(Runnable action) {
		Session session = current();
		AfterCommit once = new AfterCommit(action, session);
		if (TransactionSynchronizationManager.isActualTransactionActive()
				&& TransactionSynchronizationManager.isSynchronizationActive()) {
			TransactionSynchronizationManager.registerSynchronization(once);
		}
		else if (session != null) {
			session.afterCommit(once);
		}
		else {
			once.run();
		}
	}

	/**
	 * Have the session of the current thread end by the outcome of a future, which is
	 * waited for.
	 */
	void endAs(Future<?> future) {
		Session session = current();
		if (session == null) {
			return;
		}
		try {
			future.get();
		}
		catch (ExecutionException ex) {
			session.failed((ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (CancellationException ex) {
			session.failed(ex);
		}
		catch (InterruptedException ex) {
			session.failed(ex);
			Thread.currentThread().interrupt();
		}
	}

	private @Nullable Session current() {
		return (this.sessions != null) ? SessionsOfThread.current(this.sessions) : null;
	}

	private static <T extends @Nullable Object, X extends Throwable> T callIn(Session session, Task<T, X> task)
			throws X {
		T result;
		try {
			result = task.call();
		}
		catch (Throwable ex) {
			session.endAfter(ex, () -> session.end(Outcome.NO_STATUS, false));
			throw ex;
		}
		session.end(Outcome.NO_STATUS, false);
		return result;
	}

	/**
	 * Code that returns nothing.
	 *
	 * @param <X> what it may throw
	 */
	@FunctionalInterface
	public interface Work<X extends Throwable> {

		/**
		 * Do the work.
		 * @throws X if it fails
		 */
		void run() throws X;

	}

	/**
	 * Code that returns something.
	 *
	 * @param <T> what it returns
	 * @param <X> what it may throw
	 */
	@FunctionalInterface
	public interface Task<T extends @Nullable Object, X extends Throwable> {

		/**
		 * Do the work.
		 * @return the result
		 * @throws X if it fails
		 */
		T call() throws X;

	}

}
