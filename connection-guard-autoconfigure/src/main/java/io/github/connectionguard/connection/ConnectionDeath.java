package io.github.connectionguard.connection;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;

import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.diagnosis.Explanation;
import io.github.connectionguard.diagnosis.OwnEnd;
import io.github.connectionguard.diagnosis.RetirementCause;
import io.github.connectionguard.lifetime.ServerLimits;
import io.github.connectionguard.mysql.ConnectionErrors;
import io.github.connectionguard.mysql.ServerSessionFacts;
import org.jspecify.annotations.Nullable;

/**
 * How one physical connection ends: whether it has died, and of what, or what this end
 * closes it for. Thread-safe: it dies once, whoever notes it.
 */
final class ConnectionDeath {

	/**
	 * SQLState {@code connection does not exist}.
	 */
	static final String NO_CONNECTION = "08003";

	private volatile @Nullable ConnectionLoss loss;

	private volatile boolean aborted;

	private volatile boolean superseded;

	private volatile @Nullable RetirementCause retiredFor;

	/**
	 * Note that whoever has the connection is about to abort it.
	 */
	void aborting() {
		this.aborted = true;
	}

	/**
	 * Note what the connection is about to be closed for. What was noted first counts.
	 */
	synchronized void retireFor(RetirementCause cause) {
		if (this.retiredFor == null) {
			this.retiredFor = cause;
		}
	}

	/**
	 * Note that the connection leads to where the server no longer is.
	 * @return whether that is news
	 */
	boolean supersede(RetirementCause cause) {
		retireFor(cause);
		boolean before = this.superseded;
		this.superseded = true;
		return !before;
	}

	boolean isSuperseded() {
		return this.superseded;
	}

	@Nullable RetirementCause retiredFor() {
		RetirementCause cause = this.retiredFor;
		return (cause == null && this.aborted) ? RetirementCause.ABORTED : cause;
	}

	boolean isKnown() {
		return this.loss != null;
	}

	/**
	 * Note the connection as dead.
	 * @param exception how it showed, or {@code null} if no call to the driver failed
	 * @param silent whether nobody closed it, but no answer came
	 * @return what was known of it, or {@code null} if it was dead before
	 */
	@Nullable ConnectionLoss note(PhysicalConnection connection, @Nullable SQLException exception, boolean silent) {
		ServerSessionFacts known = connection.facts();
		ServerLimits limits = (known != null) ? known.limits() : null;
		ConnectionLoss found = new ConnectionLoss(connection.wire().sinceHeard(), connection.age(), connection.isHeld(),
				silent, connection.wire().isReset(), (limits != null) ? limits.waitTimeout() : null,
				(limits != null) ? limits.idleTransaction() : null,
				(exception != null) ? exception.getSQLState() : null,
				(exception != null) ? exception.getErrorCode() : 0, silent ? null : ownEnd(connection, exception));
		return isFirst(found) ? found : null;
	}

	private synchronized boolean isFirst(ConnectionLoss found) {
		if (this.loss != null) {
			return false;
		}
		this.loss = found;
		return true;
	}

	private @Nullable OwnEnd ownEnd(PhysicalConnection connection, @Nullable SQLException exception) {
		if (this.aborted) {
			return OwnEnd.ABORT;
		}
		boolean timeout = (exception != null && ConnectionErrors.isTimeout(exception))
				|| connection.wire().hasTimedOut();
		return timeout ? connection.timeout() : null;
	}

	/**
	 * Return the exception for whatever is tried after it.
	 */
	SQLException afterwards() {
		ConnectionLoss known = this.loss;
		String cause = (known != null) ? Explanation.of(known).description() : "unknown";
		return new SQLNonTransientConnectionException(
				"The connection died in the middle of this work; roll back and start again (" + cause + ")",
				NO_CONNECTION);
	}

}
