package io.github.connectionguard.session;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for what has to find what was written.
 */
@ExtendWith(OutputCaptureExtension.class)
class AfterCommitTests extends ScopedWork {

	private final List<List<String>> found = new ArrayList<>();

	private void look(AssertableApplicationContext context) {
		scope(context).afterCommit(() -> this.found.add(names()));
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void actionFindsWhatTheSessionWrote(SessionMode mode) {
		run(mode, (context) -> {
			scope(context).run(() -> {
				insert(context, "a");
				look(context);
				insert(context, "b");
				assertThat(this.found).isEmpty();
			});
			assertThat(this.found).containsExactly(List.of("a", "b"));
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void nothingIsDoneAfterARollback(SessionMode mode) {
		run(mode, (context) -> {
			assertThatIllegalStateException().isThrownBy(() -> scope(context).run(() -> {
				look(context);
				throw new IllegalStateException();
			}));
			scope(context).run(() -> {
				insert(context, "a");
				look(context);
				scope(context).setRollbackOnly();
			});
			assertThat(this.found).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void actionOfAScopeWithinAnotherWaitsForThat(SessionMode mode) {
		run(mode, (context) -> {
			scope(context).run(() -> {
				scope(context).run(() -> look(context));
				insert(context, "a");
			});
			assertThat(this.found).containsExactly(List.of("a"));
		});
	}

	@Test
	void actionOfATransactionWaitsForNothingElse() {
		run(SessionMode.UNIT, (context) -> {
			scope(context).run(() -> {
				transaction(context).executeWithoutResult((status) -> {
					insert(context, "a");
					look(context);
				});
				insert(context, "b");
				assertThat(this.found).containsExactly(List.of("a"));
			});
			assertThat(this.found).hasSize(1);
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION", "BACKSTOP", "OFF" })
	void actionThatIsAskedForAfterACommitIsDone(SessionMode mode) {
		run(mode, (context) -> {
			transaction(context).executeWithoutResult((status) -> {
				insert(context, "a");
				scope(context).afterCommit(() -> look(context));
				TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						look(context);
					}

				});
			});
			assertThat(this.found).containsExactly(List.of("a"), List.of("a"));
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "BACKSTOP", "OFF" })
	void nothingIsDoneAfterARollbackOfATransaction(SessionMode mode) {
		run(mode, (context) -> {
			scope(context).run(() -> transaction(context).executeWithoutResult((status) -> {
				look(context);
				status.setRollbackOnly();
			}));
			assertThat(this.found).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "BACKSTOP", "OFF" })
	void actionIsDoneAtOnceWhereStatementsTakeEffectOneByOne(SessionMode mode) {
		run(mode, (context) -> scope(context).run(() -> {
			insert(context, "a");
			look(context);
			assertThat(this.found).containsExactly(List.of("a"));
		}));
	}

	@Test
	void actionOutsideOfEverythingIsDoneAtOnce() {
		run(SessionMode.UNIT, (context) -> {
			insert(context, "a");
			look(context);
			assertThat(this.found).containsExactly(List.of("a"));
		});
	}

	@Test
	void actionsOfASessionAreDoneInTurnAndMayWriteAndAskForMore() {
		run(SessionMode.UNIT, (context) -> {
			scope(context).run(() -> {
				insert(context, "a");
				scope(context).afterCommit(() -> {
					insert(context, "b");
					look(context);
				});
				look(context);
			});
			assertThat(this.found).containsExactly(List.of("a", "b"), List.of("a", "b"));
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION", "BACKSTOP" })
	void actionThatFailsHarmsNothing(SessionMode mode, CapturedOutput output) {
		run(mode, (context) -> {
			scope(context).run(() -> {
				insert(context, "a");
				scope(context).afterCommit(() -> {
					throw new IllegalStateException("no good");
				});
				look(context);
			});
			assertThat(this.found).containsExactly(List.of("a"));
			assertThat(output).contains("has failed; the work is committed", "no good");
		});
	}

}
