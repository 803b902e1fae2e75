package io.github.connectionguard.session;

import java.sql.Connection;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.unit.SessionRolledBackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for scopes within a session or a transaction, which they join.
 */
class JoinedScopeTests extends ScopedWork {

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void scopeWithinAnotherEndsWithIt(SessionMode mode) {
		run(mode, (context) -> {
			scope(context).run(() -> {
				insert(context, "a");
				scope(context).run(() -> insert(context, "b"));
				assertThat(names()).isEmpty();
			});
			assertThat(names()).containsExactly("a", "b");
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void scopeWithinAnotherSweepsNothingUp(SessionMode mode) {
		run(mode, (context) -> scope(context).run(() -> {
			try (Connection raw = scope(context).call(() -> context.getBean(DataSource.class).getConnection())) {
				assertThat(raw.isClosed()).isFalse();
			}
		}));
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void failureWithinTakesTheWholeSessionWithIt(SessionMode mode) {
		run(mode, (context) -> {
			IllegalStateException thrown = new IllegalStateException();
			assertThatIllegalStateException().isThrownBy(() -> scope(context).run(() -> {
				insert(context, "a");
				failInside(context, thrown);
			})).isSameAs(thrown);
			assertThat(names()).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void failureWithinThatIsCaughtIsToldAtTheEnd(SessionMode mode) {
		run(mode, (context) -> {
			IllegalStateException thrown = new IllegalStateException();
			assertThatExceptionOfType(SessionRolledBackException.class).isThrownBy(() -> scope(context).run(() -> {
				insert(context, "a");
				assertThatIllegalStateException().isThrownBy(() -> failInside(context, thrown));
				insert(context, "c");
			})).withMessageContaining("a scope that had joined it failed").withCause(thrown);
			assertThat(names()).isEmpty();
			scope(context).run(() -> insert(context, "next"));
			assertThat(names()).containsExactly("next");
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void failureDeepWithinThatIsCaughtIsToldAtTheEnd(SessionMode mode) {
		run(mode, (context) -> {
			IllegalStateException thrown = new IllegalStateException();
			assertThatExceptionOfType(SessionRolledBackException.class)
				.isThrownBy(() -> scope(context).run(() -> scope(context).run(() -> {
					insert(context, "a");
					assertThatIllegalStateException().isThrownBy(() -> failInside(context, thrown));
				})))
				.withCause(thrown);
			assertThat(names()).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void failureWithinATransactionOfItsOwnIsLeftToThat(SessionMode mode) {
		run(mode, (context) -> {
			TransactionTemplate transaction = transaction(context);
			transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
			scope(context).run(() -> {
				insert(context, "a");
				assertThatIllegalStateException().isThrownBy(() -> transaction
					.executeWithoutResult((status) -> failInside(context, new IllegalStateException())));
			});
			assertThat(names()).containsExactly("a");
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION", "BACKSTOP" })
	void scopeWithinATransactionEndsWithIt(SessionMode mode) {
		run(mode, (context) -> {
			transaction(context).executeWithoutResult((status) -> {
				scope(context).run(() -> insert(context, "a"));
				assertThat(names()).isEmpty();
				status.setRollbackOnly();
			});
			assertThat(names()).isEmpty();
			transaction(context).executeWithoutResult((status) -> {
				insert(context, "b");
				scope(context).run(() -> insert(context, "c"));
			});
			assertThat(names()).containsExactly("b", "c");
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION", "BACKSTOP" })
	void connectionOfATransactionAroundIsNotTakenFromIt(SessionMode mode) {
		run(mode, (context) -> {
			DataSource lazy = new LazyConnectionDataSourceProxy(context.getBean(HikariDataSource.class));
			JdbcTemplate jdbc = new JdbcTemplate(lazy);
			new TransactionTemplate(new JdbcTransactionManager(lazy)).executeWithoutResult((status) -> {
				scope(context).run(() -> jdbc.update("INSERT INTO line VALUES ('a')"));
				jdbc.update("INSERT INTO line VALUES ('b')");
				assertThat(names()).isEmpty();
			});
			assertThat(names()).containsExactly("a", "b");
		});
	}

	@Test
	void failureOfATransactionThatJoinedIsToldAtTheEnd() {
		run(SessionMode.TRANSACTION, (context) -> {
			assertThatExceptionOfType(SessionRolledBackException.class).isThrownBy(() -> scope(context).run(() -> {
				insert(context, "a");
				assertThatIllegalStateException().isThrownBy(() -> context.getBean(Service.class).fail("b"));
				insert(context, "c");
			}))
				.withMessageContaining("a @Transactional method")
				.withMessageContaining("REQUIRES_NEW")
				.withMessageContaining("connection-guard.session.mode=unit")
				.withCauseInstanceOf(UnexpectedRollbackException.class);
			assertThat(names()).isEmpty();
		});
	}

	private static void failInside(AssertableApplicationContext context, RuntimeException thrown) {
		scope(context).run(() -> {
			insert(context, "b");
			throw thrown;
		});
	}

}
