package io.github.connectionguard.requests;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What handlers say of their session, in one mode of it. All requests share one
 * connection, which shows what is left of the one before.
 */
abstract class AttributeMatrix extends RequestTests {

	AttributeMatrix(String mode) {
		super(mode);
	}

	@Override
	int poolSize() {
		return 1;
	}

	@Test
	void readOnlyClassReads() throws Exception {
		assertThat(get("/attributes/class-read").body()).isEqualTo("read-only 1");
		assertThat(get("/attributes/default").body()).isEqualTo("REPEATABLE-READ and read-only 0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "class-write", "class-transactional-write", "class-write-after-a-transaction",
			"class-callable" })
	void readOnlyClassCannotWrite(String path) throws Exception {
		assertThat(get("/attributes/" + path).statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
		assertThat(get("/rows/ok").statusCode()).isEqualTo(200);
	}

	@Test
	void methodWinsOverItsClass() throws Exception {
		assertThat(get("/attributes/method-write").statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("a");
	}

	@Test
	void methodThatOptsOutWinsOverItsClass() throws Exception {
		assertThat(get("/attributes/method-opts-out").statusCode()).isEqualTo(500);
		assertThat(rows()).containsExactly("a");
	}

	@Test
	void earlierWorkIsCommittedBeforeOtherAttributes() throws Exception {
		assertThat(get("/attributes/class-write?early=early").statusCode()).isEqualTo(500);
		assertThat(rows()).containsExactly("early");
	}

	@Test
	void earlierWorkIsOneUnitWithTheSameAttributes() throws Exception {
		assertThat(get("/attributes/method-throws?early=early").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void nothingIsBorrowedForAttributesAlone() throws Exception {
		assertThat(get("/attributes/isolation-unused").body()).isEqualTo("0");
	}

	@Test
	void isolationEndsWithTheRequest() throws Exception {
		assertThat(get("/attributes/isolation").body()).startsWith("READ-COMMITTED then ")
			.endsWith(" then READ-COMMITTED");
		assertThat(get("/attributes/default").body()).isEqualTo("REPEATABLE-READ and read-only 0");
	}

	@Test
	void workThatTakesTooLongIsRolledBack() throws Exception {
		assertThat(get("/attributes/timeout").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
		assertThat(get("/rows/ok").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "timeout-across-transactions", "timeout-in-a-transaction" })
	void transactionDoesNotProlongTheTimeout(String path) throws Exception {
		assertThat(get("/attributes/" + path).statusCode()).isEqualTo(500);
		assertThat(rows()).doesNotContain("b", "slow");
	}

}
