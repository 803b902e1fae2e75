package io.github.connectionguard.requests;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what handlers say of their session, in mode {@code transaction}.
 */
@Tag("extended")
class TransactionAttributeTests extends AttributeMatrix {

	TransactionAttributeTests() {
		super("transaction");
	}

	@Test
	void transactionThatJoinsHasTheIsolationOfTheSession() throws Exception {
		assertThat(get("/attributes/isolation").body())
			.isEqualTo("READ-COMMITTED then READ-COMMITTED then READ-COMMITTED");
	}

}
