package io.github.connectionguard.session;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RollbackPolicy}.
 */
class RollbackPolicyTests {

	@ParameterizedTest
	@ValueSource(ints = { 100, 200, 201, 204, 302, 304, 400, 404, 409, 422, 499 })
	void returnedStatusBelow500IsCommitted(int status) {
		assertThat(RollbackPolicy.STANDARD.shouldRollBack(new Outcome(null, status))).isFalse();
	}

	@Test
	void normalEndWithoutAStatusIsCommitted() {
		assertThat(RollbackPolicy.STANDARD.shouldRollBack(new Outcome(null, Outcome.NO_STATUS))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 501, 503, 599 })
	void statusFrom500OnIsRolledBack(int status) {
		assertThat(RollbackPolicy.STANDARD.shouldRollBack(new Outcome(null, status))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 302, 404, 409, 500 })
	void anythingThrownIsRolledBackWhateverTheStatus(int status) {
		for (Throwable thrown : new Throwable[] { new IllegalStateException(), new IOException(),
				new StackOverflowError() }) {
			assertThat(RollbackPolicy.STANDARD.shouldRollBack(new Outcome(thrown, status))).isTrue();
		}
	}

}
