package io.github.connectionguard.requests;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what handlers say of their session, in mode {@code unit}.
 */
@Tag("extended")
class UnitAttributeTests extends AttributeMatrix {

	UnitAttributeTests() {
		super("unit");
	}

	@Test
	void transactionHasItsOwnIsolation() throws Exception {
		assertThat(get("/attributes/isolation").body())
			.isEqualTo("READ-COMMITTED then SERIALIZABLE then READ-COMMITTED");
	}

}
