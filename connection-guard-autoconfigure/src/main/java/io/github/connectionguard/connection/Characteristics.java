package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.SQLException;

import io.github.connectionguard.driver.KnownTransactionDefaults;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.mysql.TransactionDefaults;
import io.github.connectionguard.statement.Call;
import io.github.connectionguard.transaction.TransactionCharacteristic;
import org.jspecify.annotations.Nullable;

/**
 * The access mode and the isolation level of the next transactions of one guarded
 * connection.
 */
final class Characteristics {

	private final Exchanges exchanges;

	private final TransactionCharacteristic<Boolean> readOnly = new TransactionCharacteristic<>(this::tellReadOnly);

	private final TransactionCharacteristic<Integer> isolation = new TransactionCharacteristic<>(this::tellIsolation);

	private @Nullable KnownTransactionDefaults known;

	/**
	 * Whether the connection stays with one host, so that it has one session.
	 */
	private boolean ofOneHost;

	Characteristics(Exchanges exchanges) {
		this.exchanges = exchanges;
	}

	private void tellReadOnly(Boolean value) throws SQLException {
		this.exchanges.run(() -> driver().setReadOnly(value));
	}

	private void tellIsolation(Integer value) throws SQLException {
		this.exchanges.run(() -> driver().setTransactionIsolation(value));
	}

	private Connection driver() {
		return this.exchanges.physical().driver();
	}

	/**
	 * Begin with a session that was set up.
	 */
	void begin() throws SQLException {
		ServerSessionFacts facts = this.exchanges.physical().facts();
		TransactionDefaults asked = (facts != null) ? facts.transactions() : null;
		this.ofOneHost = this.exchanges.physical().ledger().pool().isOfOneHost();
		if (asked != null) {
			this.known = KnownTransactionDefaults.of(driver());
			this.readOnly.begins(asked.readOnly(), false);
			Integer taken = KnownTransactionDefaults.isolation(driver(), asked.isolation());
			if (taken != null) {
				this.isolation.begins(asked.isolation(), taken);
			}
		}
	}

	/**
	 * Go on with a session that was set up unseen.
	 */
	void goOn() {
		this.readOnly.goesOn();
		this.isolation.goesOn();
		this.known = null;
	}

	TransactionCharacteristic<Boolean> readOnly() {
		return this.readOnly;
	}

	TransactionCharacteristic<Integer> isolation() {
		return this.isolation;
	}

	/**
	 * Set a value: when it matters, where that can wait and nothing else depends on it,
	 * else at once.
	 */
	<T> void set(TransactionCharacteristic<T> characteristic, T wanted, boolean deferrable) throws SQLException {
		if (deferrable && this.ofOneHost && characteristic.isDeferrable(wanted)) {
			this.exchanges.touch();
			if (characteristic.defer(wanted)) {
				this.exchanges.spare(2);
			}
		}
		else {
			characteristic.set(wanted);
		}
	}

	/**
	 * Return what was set. In the middle of a stream, that it cannot ask is the driver's
	 * answer.
	 * @param known whether nothing may have been set unseen
	 * @return the value, {@code null} if the driver has to be asked
	 */
	<T> @Nullable T get(TransactionCharacteristic<T> characteristic, boolean known) throws SQLException {
		PhysicalConnection asked = this.exchanges.physical();
		boolean answerable = known && this.ofOneHost && !this.exchanges.isLost() && !asked.wire().isStreaming()
				&& !asked.driver().isClosed();
		T value = answerable ? characteristic.get() : null;
		if (value == null) {
			characteristic.asked();
		}
		return value;
	}

	/**
	 * Have the server told what was set.
	 */
	void apply() throws SQLException {
		this.readOnly.apply();
		this.isolation.apply();
	}

	/**
	 * Anything may have been set that was not seen.
	 */
	void unseen() {
		this.readOnly.unseen();
		this.isolation.unseen();
	}

	/**
	 * Run a call that sends a statement which may write, without a driver asking first
	 * for what it was told. In the middle of a stream, that it cannot ask is its answer.
	 */
	<T> T unasked(Call<T> call) throws SQLException {
		KnownTransactionDefaults told = this.known;
		if (told == null || !this.ofOneHost || !this.readOnly.isProven()
				|| this.exchanges.physical().wire().isStreaming()) {
			return call.run();
		}
		told.goByWhatItWasTold(true);
		try {
			return call.run();
		}
		finally {
			told.goByWhatItWasTold(false);
		}
	}

}
