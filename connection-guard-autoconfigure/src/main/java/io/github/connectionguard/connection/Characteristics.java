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

	private TransactionCharacteristic<Boolean> readOnly;

	private TransactionCharacteristic<Integer> isolation;

	private @Nullable KnownTransactionDefaults known;

	/**
	 * Whether the connection stays with one host, so that it has one session.
	 */
	private boolean ofOneHost;

	Characteristics(Exchanges exchanges) {
		this.exchanges = exchanges;
		this.readOnly = new TransactionCharacteristic<>(this::tellReadOnly);
		this.isolation = new TransactionCharacteristic<>(this::tellIsolation);
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
		this.ofOneHost = this.exchanges.physical().isOfOneHost();
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
		this.readOnly = new TransactionCharacteristic<>(this::tellReadOnly);
		this.isolation = new TransactionCharacteristic<>(this::tellIsolation);
		this.known = null;
	}

	/**
	 * Tell whether what is proven stays so, whatever is set.
	 */
	boolean areKept() {
		return this.ofOneHost;
	}

	TransactionCharacteristic<Boolean> readOnly() {
		return this.readOnly;
	}

	TransactionCharacteristic<Integer> isolation() {
		return this.isolation;
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
