package io.github.connectionguard.session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for sessions that the code within marks as to be rolled back.
 */
class RollbackOnlyTests extends ScopedWork {

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void rollbackOnlyRollsBackAndThrowsNothing(SessionMode mode) {
		run(mode, (context) -> {
			String result = scope(context).call(() -> {
				insert(context, "a");
				scope(context).setRollbackOnly();
				insert(context, "b");
				return "done";
			});
			assertThat(result).isEqualTo("done");
			assertThat(names()).isEmpty();
			scope(context).run(() -> insert(context, "next"));
			assertThat(names()).containsExactly("next");
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void rollbackOnlyWithinCountsForTheWholeSession(SessionMode mode) {
		run(mode, (context) -> {
			scope(context).run(() -> {
				insert(context, "a");
				scope(context).run(() -> scope(context).setRollbackOnly());
				insert(context, "b");
			});
			assertThat(names()).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION", "BACKSTOP" })
	void rollbackOnlyInATransactionalMethodCountsForThatToo(SessionMode mode) {
		run(mode, (context) -> {
			Service service = context.getBean(Service.class);
			scope(context).run(() -> service.insertInVain("a"));
			scope(context).run(() -> service.insertInVainApart("b"));
			assertThat(names()).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION", "BACKSTOP" })
	void rollbackOnlyInAScopeWithinATransactionCountsForThat(SessionMode mode) {
		run(mode, (context) -> {
			context.getBean(Service.class).insertInVainInScope("a");
			assertThat(names()).isEmpty();
		});
	}

	@Test
	void rollbackOnlyEndsLeftoversInARollback() {
		run(SessionMode.BACKSTOP, (context) -> {
			scope(context).run(() -> {
				leave(context, "a");
				scope(context).setRollbackOnly();
			});
			assertThat(names()).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "OFF" })
	void rollbackOnlyNeedsASession(SessionMode mode) {
		run(mode, (context) -> {
			scope(context).run(() -> insert(context, "before"));
			assertThatIllegalStateException().isThrownBy(scope(context)::setRollbackOnly)
				.withMessageStartingWith("No session has begun on this thread");
		});
		run(SessionMode.OFF,
				(context) -> assertThatIllegalStateException()
					.isThrownBy(() -> scope(context).run(scope(context)::setRollbackOnly))
					.withMessageContaining("connection-guard.session.mode is off"));
	}

}
