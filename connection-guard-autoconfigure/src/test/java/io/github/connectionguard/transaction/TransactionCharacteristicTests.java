package io.github.connectionguard.transaction;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TransactionCharacteristic}.
 */
class TransactionCharacteristicTests {

	private final List<Integer> told = new ArrayList<>();

	private @Nullable SQLException failure;

	private final TransactionCharacteristic<Integer> level = new TransactionCharacteristic<>(this::tell);

	private void tell(int value) throws SQLException {
		if (this.failure != null) {
			throw this.failure;
		}
		this.told.add(value);
	}

	@Test
	void nothingIsProvenAtFirst() {
		assertThat(this.level.isProven()).isFalse();
		assertThat(this.level.get()).isNull();
	}

	@Test
	void valueOfASessionIsProvenWhereTheDriverTakesItForTheSame() {
		this.level.begins(4, 4);
		assertThat(this.level.get()).isEqualTo(4);
	}

	@Test
	void valueThatWasSetBehindTheDriverIsNotProven() {
		this.level.begins(4, 2);
		assertThat(this.level.isProven()).isFalse();
	}

	@Test
	void valueThatTheDriverWasToldIsWhatItTakesASessionFor() throws SQLException {
		this.level.set(2);
		this.level.begins(2, 4);
		assertThat(this.level.get()).isEqualTo(2);
	}

	@Test
	void valueIsToldOnceWhenItMatters() throws SQLException {
		this.level.begins(4, 4);
		this.level.defer(2);
		assertThat(this.level.get()).isEqualTo(2);
		assertThat(this.told).isEmpty();
		this.level.apply();
		this.level.apply();
		assertThat(this.told).containsExactly(2);
	}

	@Test
	void valueThatIsSetBackIsNotTold() throws SQLException {
		this.level.begins(4, 4);
		this.level.defer(2);
		this.level.defer(4);
		this.level.apply();
		assertThat(this.told).isEmpty();
		assertThat(this.level.get()).isEqualTo(4);
	}

	@Test
	void valueThatCouldNotBeToldIsStillToBe() throws SQLException {
		this.level.begins(4, 4);
		this.level.defer(2);
		this.failure = new SQLException("refused");
		assertThatExceptionOfType(SQLException.class).isThrownBy(this.level::apply);
		this.failure = null;
		this.level.apply();
		assertThat(this.told).containsExactly(2);
	}

	/**
	 * The driver may have left it out.
	 */
	@Test
	void sameValueAgainProvesNothingAfterSomethingUnseen() throws SQLException {
		this.level.begins(4, 4);
		this.level.unseen();
		this.level.set(4);
		assertThat(this.level.isProven()).isFalse();
		this.level.set(2);
		assertThat(this.level.get()).isEqualTo(2);
	}

	/**
	 * The server may refuse it.
	 */
	@Test
	void valueWaitsOnlyWhereTheServerHasTakenItBefore() throws SQLException {
		this.level.begins(4, 4);
		assertThat(this.level.isDeferrable(4)).isTrue();
		assertThat(this.level.isDeferrable(2)).isFalse();
		this.level.set(2);
		assertThat(this.level.isDeferrable(2)).isTrue();
		this.level.unseen();
		assertThat(this.level.isDeferrable(2)).isFalse();
	}

	@Test
	void valueThatWasRefusedDoesNotWait() {
		this.level.begins(4, 4);
		this.failure = new SQLException("refused");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.level.set(2));
		assertThat(this.level.isDeferrable(2)).isFalse();
		assertThat(this.level.get()).isEqualTo(4);
	}

	/**
	 * It may take the session for what it was told then.
	 */
	@Test
	void valueProvesNothingAfterTheDriverWasAsked() throws SQLException {
		this.level.begins(4, 4);
		this.level.unseen();
		this.level.asked();
		this.level.set(2);
		assertThat(this.level.isProven()).isFalse();
		this.level.set(4);
		assertThat(this.level.get()).isEqualTo(4);
	}

	@Test
	void firstValueProvesNothingWhereTheDriversIsNotKnown() throws SQLException {
		this.level.set(4);
		assertThat(this.level.isProven()).isFalse();
	}

}
