package io.github.connectionguard.session;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.test.GuardedApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatRuntimeException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link DatabaseSessionScope}: how it ends the work that is done in it.
 */
class ScopeEndTests extends ScopedWork {

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void workIsCommittedAtItsEnd(SessionMode mode) {
		run(mode, (context) -> {
			int seen = scope(context).call(() -> {
				insert(context, "a");
				insert(context, "b");
				return names().size();
			});
			assertThat(seen).isZero();
			assertThat(names()).containsExactly("a", "b");
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void workIsRolledBackAfterAnythingThrownWhichComesOutAsItIs(SessionMode mode) {
		run(mode, (context) -> {
			for (Throwable thrown : List.of(new IllegalStateException(), new IOException(), new StackOverflowError())) {
				assertThat(catchThrowable(() -> scope(context).run(() -> {
					insert(context, "a");
					throw thrown;
				}))).isSameAs(thrown).hasNoSuppressedExceptions();
			}
			assertThat(names()).isEmpty();
		});
	}

	/**
	 * This compiles, as nothing more general is declared than what the code throws.
	 */
	@Test
	void checkedExceptionKeepsItsType() {
		run(SessionMode.UNIT, (context) -> {
			try {
				scope(context).run(() -> {
					throw new IOException("checked");
				});
			}
			catch (IOException ex) {
				assertThat(ex).hasMessage("checked");
			}
			scope(context).run(() -> insert(context, "a"));
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void nothingIsBorrowedBeforeTheFirstStatement(SessionMode mode) {
		run(mode, (context) -> scope(context)
			.run(() -> assertThat(context.getBean(HikariDataSource.class).getHikariPoolMXBean()).isNull()));
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void commitThatFailsComesOut(SessionMode mode) {
		run(mode, (context) -> {
			assertThatRuntimeException().isThrownBy(() -> scope(context).run(() -> {
				insert(context, "a");
				killOwnSession(context);
			})).withCauseInstanceOf(SQLException.class);
			assertThat(names()).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void whatWasThrownComesFirstWhenTheConnectionIsGone(SessionMode mode) {
		run(mode, (context) -> {
			IllegalStateException thrown = new IllegalStateException();
			assertThatIllegalStateException().isThrownBy(() -> scope(context).run(() -> {
				insert(context, "a");
				killOwnSession(context);
				throw thrown;
			})).isSameAs(thrown);
			assertThat(names()).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION", "BACKSTOP" })
	void connectionThatIsLeftOpenIsEndedByTheRule(SessionMode mode) {
		run(mode, (context) -> {
			scope(context).run(() -> leave(context, "kept"));
			assertThatIllegalStateException().isThrownBy(() -> scope(context).run(() -> {
				leave(context, "lost");
				throw new IllegalStateException();
			}));
			assertThat(names()).containsExactly("kept");
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION", "BACKSTOP" })
	void connectionThatWasBorrowedBeforeIsLeftToItsOwner(SessionMode mode) {
		run(mode, (context) -> {
			try (Connection own = context.getBean(DataSource.class).getConnection()) {
				own.setAutoCommit(false);
				own.createStatement().executeUpdate("INSERT INTO line VALUES ('own')");
				scope(context).run(() -> insert(context, "a"));
				assertThat(names()).containsExactly("a");
				own.commit();
			}
			assertThat(names()).containsExactly("a", "own");
		});
	}

	@Test
	void backstopLeavesStatementsToTakeEffectOneByOne() {
		run(SessionMode.BACKSTOP, this::statementsTakeEffectOneByOne);
	}

	@Test
	void offLeavesStatementsToTakeEffectOneByOne() {
		run(SessionMode.OFF, this::statementsTakeEffectOneByOne);
	}

	private void statementsTakeEffectOneByOne(AssertableApplicationContext context) {
		assertThatIllegalStateException().isThrownBy(() -> scope(context).run(() -> {
			insert(context, "a");
			throw new IllegalStateException();
		}));
		assertThat(names()).containsExactly("a");
	}

	@Test
	void policyDecides() {
		GuardedApplication.on(server(), database())
			.withPropertyValues("connection-guard.eager=false")
			.withBean(RollbackPolicy.class,
					() -> (outcome) -> outcome.failure() instanceof IOException || outcome.status() != 0)
			.run((context) -> {
				for (Exception thrown : List.of(new IOException("io"), new IllegalStateException("state"))) {
					assertThat(catchThrowable(() -> scope(context).run(() -> {
						insert(context, String.valueOf(thrown.getMessage()));
						throw thrown;
					}))).isSameAs(thrown);
				}
				assertThat(names()).containsExactly("state");
			});
	}

	@Test
	void policyThatFailsRollsBack() {
		GuardedApplication.on(server(), database())
			.withPropertyValues("connection-guard.eager=false")
			.withBean(RollbackPolicy.class, () -> (outcome) -> {
				throw new UnsupportedOperationException("undecided");
			})
			.run((context) -> {
				assertThatRuntimeException().isThrownBy(() -> scope(context).run(() -> insert(context, "a")))
					.withMessage("undecided");
				assertThat(names()).isEmpty();
			});
	}

	private void killOwnSession(AssertableApplicationContext context) throws SQLException {
		Long id = context.getBean(JdbcTemplate.class).queryForObject("SELECT CONNECTION_ID()", Long.class);
		server().execute("KILL " + id);
	}

}
