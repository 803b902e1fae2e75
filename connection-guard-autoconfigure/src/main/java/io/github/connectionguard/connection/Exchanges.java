package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.connectionguard.statement.Call;
import io.github.connectionguard.transaction.VoidCall;

/**
 * The calls of one guarded connection to the driver, on the physical connection that it
 * has at the moment. Each is noted on the wire, and how it failed.
 */
final class Exchanges {

	private final NetworkTimeout networkTimeout;

	/**
	 * Whether whatever is done goes to the driver, also on a connection that is lost.
	 */
	private final boolean reportOnly;

	private volatile PhysicalConnection physical;

	/**
	 * Whether nothing has been done on the connection since it was lent that its session
	 * knows of.
	 */
	private final AtomicBoolean untouched = new AtomicBoolean();

	Exchanges(PhysicalConnection physical, NetworkTimeout networkTimeout) {
		this.physical = physical;
		this.networkTimeout = networkTimeout;
		this.reportOnly = physical.ledger().pool().isReportOnly();
	}

	PhysicalConnection physical() {
		return this.physical;
	}

	/**
	 * Go on with another physical connection.
	 */
	void goOnWith(PhysicalConnection next) {
		this.physical = next;
	}

	/**
	 * Note that somebody has borrowed the connection.
	 */
	void borrowed() {
		this.physical.borrowed();
		this.untouched.setRelease(!this.reportOnly); // for whom it is handed to
	}

	void touch() {
		if (this.untouched.get()) {
			this.untouched.set(false);
			this.physical.used();
		}
	}

	/**
	 * Note that whoever had the connection gives it back.
	 * @return whether anything was done on it
	 */
	boolean takeBack() {
		boolean used = !this.untouched.get();
		this.untouched.setRelease(false); // the pool makes it seen when it has it back
		return used;
	}

	boolean isUntouched() {
		return this.untouched.get();
	}

	/**
	 * Note that statements are not sent that would be without the guard.
	 */
	void spare(int statements) {
		this.physical.ledger().spare(statements);
	}

	boolean isReportOnly() {
		return this.reportOnly;
	}

	/**
	 * Tell whether the driver is asked no more, as the connection is lost.
	 */
	boolean isLost() {
		return !this.reportOnly && this.physical.isLost();
	}

	void requireAlive() throws SQLException {
		if (isLost()) {
			throw this.physical.afterLoss();
		}
	}

	/**
	 * Run a call that asks the server for something, but sends no statement of its own.
	 */
	<T> T exchange(Call<T> call) throws SQLException {
		touch();
		requireAlive();
		return talk(call);
	}

	/**
	 * Run a call that changes the state of the session, of which nothing is left to
	 * change when the connection is lost.
	 */
	void run(VoidCall call) throws SQLException {
		touch(); // also in vain
		if (!isLost()) {
			talk(call);
		}
	}

	/**
	 * Run a call whether or not the connection is lost.
	 */
	void talk(VoidCall call) throws SQLException {
		talk(() -> {
			call.run();
			return this;
		});
	}

	private <T> T talk(Call<T> call) throws SQLException {
		touch();
		PhysicalConnection used = this.physical;
		this.networkTimeout.apply(used.driver());
		used.wire().exchangeBegins();
		try {
			return call.run();
		}
		catch (SQLException ex) {
			if (!isRefusal(ex, used.driver())) {
				used.failed(ex);
			}
			throw ex;
		}
		finally {
			used.wire().exchangeEnds();
		}
	}

	/**
	 * Tell whether the driver only refused a call. MySQL Connector/J says of a commit in
	 * auto-commit mode what it says of a closed connection.
	 */
	private static boolean isRefusal(SQLException exception, Connection driver) throws SQLException {
		return ConnectionDeath.NO_CONNECTION.equals(exception.getSQLState()) && !driver.isClosed();
	}

}
