package io.github.connectionguard.transaction;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What was set of a session that counts from its next transaction on, its access mode or
 * isolation level, of which the server is told only when a statement is about to run
 * under another value. So what a pool sets back when a connection is returned, and the
 * next transaction sets again, costs nothing. A value that the server has not taken
 * before is set at once, as it may refuse it.
 *
 * @param <T> the type of the value
 */
public final class TransactionCharacteristic<T> {

	private final Driver<T> driver;

	/**
	 * What the driver was told last, or takes the session for.
	 */
	private @Nullable T told;

	private @Nullable T proven;

	private @Nullable T pending;

	/**
	 * The value that the server was the first to take, mostly the only one.
	 */
	private @Nullable T taken;

	private Set<T> takenLater = Set.of();

	/**
	 * Create a characteristic of which nothing is known.
	 * @param driver how the driver is told
	 */
	public TransactionCharacteristic(Driver<T> driver) {
		this.driver = driver;
	}

	/**
	 * The session was asked.
	 * @param value what it said
	 * @param taken what a driver takes it for that was not told anything
	 */
	public void begins(T value, T taken) {
		this.told = (this.told != null) ? this.told : taken;
		this.proven = value.equals(this.told) ? value : null;
		take(value);
	}

	private void take(T value) {
		if (this.taken == null) {
			this.taken = value;
		}
		else if (!isTaken(value)) {
			Set<T> more = new HashSet<>(this.takenLater);
			more.add(value);
			this.takenLater = Set.copyOf(more);
		}
	}

	private boolean isTaken(T value) {
		return value.equals(this.taken) || this.takenLater.contains(value);
	}

	/**
	 * Tell whether it is proven what the session has.
	 * @return whether it is
	 */
	public boolean isProven() {
		return this.proven != null;
	}

	/**
	 * Tell whether a value can wait for the next statement.
	 * @param value the value
	 * @return whether it can
	 */
	public boolean isDeferrable(T value) {
		return this.proven != null && isTaken(value);
	}

	/**
	 * Return what was set.
	 * @return the value, or {@code null} if the driver has to be asked
	 */
	public @Nullable T get() {
		return (this.pending != null) ? this.pending : this.proven;
	}

	/**
	 * Set the value when a statement is about to run under another one.
	 * @param value the value
	 * @return whether this takes a change back of which the server need not know any more
	 */
	public boolean defer(T value) {
		boolean before = this.pending != null;
		this.pending = value.equals(this.proven) ? null : value;
		return before && this.pending == null;
	}

	/**
	 * Set the value now. A driver that was told the same before may not tell the server.
	 * @param value the value
	 * @throws SQLException if the server could not be told
	 */
	public void set(T value) throws SQLException {
		this.driver.set(value);
		if (this.told != null && !value.equals(this.told)) {
			this.proven = value;
			take(value);
		}
		this.told = value;
		this.pending = null;
	}

	/**
	 * Have the server told what was set. If that fails, it is still to be done.
	 * @throws SQLException if the server could not be told
	 */
	public void apply() throws SQLException {
		T value = this.pending;
		if (value != null) {
			set(value);
		}
	}

	/**
	 * Anything may have been set that was not seen.
	 */
	public void unseen() {
		this.proven = null;
	}

	/**
	 * The driver goes on with another session, of which nothing is known.
	 */
	public void goesOn() {
		this.told = null;
		this.proven = null;
		this.pending = null;
		this.taken = null;
		this.takenLater = Set.of();
	}

	/**
	 * The driver was asked, and may have asked the server and take the session for what
	 * that said.
	 */
	public void asked() {
		this.told = null;
	}

	/**
	 * How a driver is told.
	 *
	 * @param <T> the type of the value
	 */
	@FunctionalInterface
	public interface Driver<T> {

		/**
		 * Tell it.
		 * @param value the value
		 * @throws SQLException if that fails
		 */
		void set(T value) throws SQLException;

	}

}
