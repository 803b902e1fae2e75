package io.github.connectionguard.session;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import io.github.connectionguard.unit.SessionRolledBackException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatRuntimeException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link DatabaseSessionScope}.
 */
class DatabaseSessionScopeTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	@BeforeEach
	void createTable() throws SQLException {
		try (Connection connection = this.server.connect(this.database);
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE line (name VARCHAR(20))");
		}
	}

	@AfterEach
	void threadIsClean() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
		assertThat(SessionsOfThread.current()).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void workIsCommittedAtItsEnd(SessionMode mode) {
		run(mode, (context) -> {
			int seen = scope(context).call(() -> {
				insert(context, "a");
				insert(context, "b");
				return rows().size();
			});
			assertThat(seen).isZero();
			assertThat(rows()).containsExactly("a", "b");
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
			assertThat(rows()).isEmpty();
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
			assertThat(rows()).isEmpty();
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
			assertThat(rows()).isEmpty();
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
			assertThat(rows()).containsExactly("kept");
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
				assertThat(rows()).containsExactly("a");
				own.commit();
			}
			assertThat(rows()).containsExactly("own", "a");
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
		assertThat(rows()).containsExactly("a");
	}

	@Test
	void policyDecides() {
		GuardedApplication.on(this.server, this.database)
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
				assertThat(rows()).containsExactly("state");
			});
	}

	@Test
	void policyThatFailsRollsBack() {
		GuardedApplication.on(this.server, this.database)
			.withPropertyValues("connection-guard.eager=false")
			.withBean(RollbackPolicy.class, () -> (outcome) -> {
				throw new UnsupportedOperationException("undecided");
			})
			.run((context) -> {
				assertThatRuntimeException().isThrownBy(() -> scope(context).run(() -> insert(context, "a")))
					.withMessage("undecided");
				assertThat(rows()).isEmpty();
			});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void scopeWithinAnotherEndsWithIt(SessionMode mode) {
		run(mode, (context) -> {
			scope(context).run(() -> {
				insert(context, "a");
				scope(context).run(() -> insert(context, "b"));
				assertThat(rows()).isEmpty();
			});
			assertThat(rows()).containsExactly("a", "b");
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
			assertThat(rows()).isEmpty();
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
			assertThat(rows()).isEmpty();
			scope(context).run(() -> insert(context, "next"));
			assertThat(rows()).containsExactly("next");
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
			assertThat(rows()).isEmpty();
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
			assertThat(rows()).containsExactly("a");
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION", "BACKSTOP" })
	void scopeWithinATransactionEndsWithIt(SessionMode mode) {
		run(mode, (context) -> {
			transaction(context).executeWithoutResult((status) -> {
				scope(context).run(() -> insert(context, "a"));
				assertThat(rows()).isEmpty();
				status.setRollbackOnly();
			});
			assertThat(rows()).isEmpty();
			transaction(context).executeWithoutResult((status) -> {
				insert(context, "b");
				scope(context).run(() -> insert(context, "c"));
			});
			assertThat(rows()).containsExactly("b", "c");
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
				assertThat(rows()).isEmpty();
			});
			assertThat(rows()).containsExactly("a", "b");
		});
	}

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
			assertThat(rows()).isEmpty();
			scope(context).run(() -> insert(context, "next"));
			assertThat(rows()).containsExactly("next");
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
			assertThat(rows()).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION", "BACKSTOP" })
	void rollbackOnlyInATransactionalMethodCountsForThatToo(SessionMode mode) {
		run(mode, (context) -> {
			Service service = context.getBean(Service.class);
			scope(context).run(() -> service.insertInVain("a"));
			scope(context).run(() -> service.insertInVainApart("b"));
			assertThat(rows()).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION", "BACKSTOP" })
	void rollbackOnlyInAScopeWithinATransactionCountsForThat(SessionMode mode) {
		run(mode, (context) -> {
			context.getBean(Service.class).insertInVainInScope("a");
			assertThat(rows()).isEmpty();
		});
	}

	@Test
	void rollbackOnlyEndsLeftoversInARollback() {
		run(SessionMode.BACKSTOP, (context) -> {
			scope(context).run(() -> {
				leave(context, "a");
				scope(context).setRollbackOnly();
			});
			assertThat(rows()).isEmpty();
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
			assertThat(rows()).isEmpty();
		});
	}

	private void run(SessionMode mode, ContextConsumer<AssertableApplicationContext> test) {
		GuardedApplication.on(this.server, this.database)
			.withPropertyValues("connection-guard.eager=false", "connection-guard.session.mode=" + mode,
					"spring.datasource.hikari.maximum-pool-size=3")
			.withBean(Service.class)
			.run((context) -> {
				test.accept(context);
				HikariDataSource pool = context.getBean(HikariDataSource.class);
				if (pool.getHikariPoolMXBean() != null) {
					assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
				}
			});
	}

	private static DatabaseSessionScope scope(AssertableApplicationContext context) {
		return context.getBean(DatabaseSessionScope.class);
	}

	private static TransactionTemplate transaction(AssertableApplicationContext context) {
		return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
	}

	private static void insert(AssertableApplicationContext context, String name) {
		context.getBean(JdbcTemplate.class).update("INSERT INTO line VALUES (?)", name);
	}

	private static void failInside(AssertableApplicationContext context, RuntimeException thrown) {
		scope(context).run(() -> {
			insert(context, "b");
			throw thrown;
		});
	}

	private static void leave(AssertableApplicationContext context, String name) throws SQLException {
		Connection raw = context.getBean(DataSource.class).getConnection();
		raw.setAutoCommit(false);
		raw.createStatement().executeUpdate("INSERT INTO line VALUES ('" + name + "')");
	}

	private void killOwnSession(AssertableApplicationContext context) throws SQLException {
		Long id = context.getBean(JdbcTemplate.class).queryForObject("SELECT CONNECTION_ID()", Long.class);
		try (Connection other = this.server.connect(this.database); Statement statement = other.createStatement()) {
			statement.execute("KILL " + id);
		}
	}

	/**
	 * Return the rows that others see.
	 */
	private List<@Nullable String> rows() {
		try (Connection other = this.server.connect(this.database)) {
			return new JdbcTemplate(new SingleConnectionDataSource(other, true)).queryForList("SELECT name FROM line",
					String.class);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A service with transactions of its own.
	 */
	static class Service {

		private final JdbcTemplate jdbc;

		private final DatabaseSessionScope scope;

		Service(JdbcTemplate jdbc, DatabaseSessionScope scope) {
			this.jdbc = jdbc;
			this.scope = scope;
		}

		@Transactional
		void insertInVain(String name) {
			this.jdbc.update("INSERT INTO line VALUES (?)", name);
			this.scope.setRollbackOnly();
		}

		@Transactional
		void fail(String name) {
			this.jdbc.update("INSERT INTO line VALUES (?)", name);
			throw new IllegalStateException();
		}

		@Transactional(propagation = Propagation.REQUIRES_NEW)
		void insertInVainApart(String name) {
			insertInVain(name);
		}

		@Transactional
		void insertInVainInScope(String name) {
			this.scope.run(() -> insertInVain(name));
		}

	}

}
