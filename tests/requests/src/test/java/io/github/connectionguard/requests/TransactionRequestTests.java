package io.github.connectionguard.requests;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests in mode {@code transaction}, where transactions of the application
 * join that of the request.
 */
class TransactionRequestTests extends RequestMatrix {

	TransactionRequestTests() {
		super("transaction");
	}

	@Test
	void transactionalThenBareThenThrow() throws Exception {
		assertThat(get("/rows/transactional-then-bare-then-throw").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void caughtFailureOfATransactionThatJoinedEndsInAnError() throws Exception {
		assertThat(get("/rows/bare-then-caught-then-bare").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void requiresNewThenThrow() throws Exception {
		assertThat(get("/rows/requires-new-then-throw").statusCode()).isEqualTo(500);
		assertThat(rows()).containsExactly("new");
	}

}
