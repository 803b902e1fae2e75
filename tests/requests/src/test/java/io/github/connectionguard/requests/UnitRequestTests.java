package io.github.connectionguard.requests;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests in mode {@code unit}, where transactions of the application keep
 * boundaries of their own.
 */
class UnitRequestTests extends RequestMatrix {

	UnitRequestTests() {
		super("unit");
	}

	@Test
	void transactionalThenBareThenThrow() throws Exception {
		assertThat(get("/rows/transactional-then-bare-then-throw").statusCode()).isEqualTo(500);
		assertThat(rows()).containsExactly("transactional");
	}

	@Test
	void caughtFailureTakesNothingElseWithIt() throws Exception {
		assertThat(get("/rows/bare-then-caught-then-bare").statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("before", "after");
	}

	@Test
	void transactionIsRepeatedOnAnotherConnectionAfterADeath() throws Exception {
		assertThat(get("/rows/die-then-repeat").statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("second");
	}

	@Test
	void deathThatTakesABareWriteWithItEndsInAnError() throws Exception {
		assertThat(get("/rows/bare-then-die-then-repeat").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void requiresNewThenThrow() throws Exception {
		assertThat(get("/rows/requires-new-then-throw").statusCode()).isEqualTo(500);
		assertThat(rows()).containsExactly("new");
	}

	@Test
	void requiresNewNeedsNoSecondConnection() throws Exception {
		try (RequestsApp application = start("unit", 1)) {
			assertThat(application.get("/rows/requires-new-then-throw").statusCode()).isEqualTo(500);
			assertThat(rows()).containsExactly("new");
		}
	}

	@Test
	void readOnlyTransactionStaysReadOnlyAfterABareRead() throws Exception {
		assertThat(get("/rows/read-only").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void isolationOfATransactionIsKeptAndEndsWithIt() throws Exception {
		assertThat(get("/rows/isolation").body()).isEqualTo("SERIALIZABLE then REPEATABLE-READ");
	}

	@Test
	void transactionSeesWhatWasCommittedSinceABareRead() throws Exception {
		assertThat(get("/rows/fresh-read").body()).isEqualTo("1");
	}

}
