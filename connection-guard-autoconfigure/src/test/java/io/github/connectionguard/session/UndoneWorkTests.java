package io.github.connectionguard.session;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import io.github.connectionguard.unit.SessionRolledBackException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for units of which the server undoes what was acknowledged when a later statement
 * fails, and for those of which it does not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class UndoneWorkTests {

	private TestServer server;

	private Connection observer;

	private JdbcTemplate others;

	private String database;

	private LineTable table;

	private DataSource pool;

	private JdbcTemplate jdbc;

	private TransactionTemplate transaction;

	private int failures;

	@BeforeAll
	void startServer() throws SQLException {
		this.server = TestServer.start("--innodb-rollback-on-timeout=ON", "--innodb-lock-wait-timeout=1",
				"--loose-innodb-snapshot-isolation=ON");
		this.database = this.server.createDatabase();
		this.observer = this.server.connect(this.database);
		this.others = new JdbcTemplate(new SingleConnectionDataSource(this.observer, true));
		this.table = LineTable.create(this.server, this.database, "name VARCHAR(20) PRIMARY KEY, number INT NOT NULL");
	}

	@AfterAll
	void stopServer() throws SQLException {
		this.observer.close();
		this.server.close();
	}

	@BeforeEach
	void fillTable() {
		this.table.empty();
		this.others.update("INSERT INTO line VALUES ('x', 0)");
	}

	@AfterEach
	void unlock() throws SQLException {
		if (!this.observer.getAutoCommit()) {
			this.observer.rollback();
			this.observer.setAutoCommit(true);
		}
	}

	@Test
	void timeoutOfALockThatUndoesAllOfItEndsInAnError() {
		assertRolledBack(() -> {
			insert("a");
			lockedOut();
			insert("b");
		});
		assertThat(this.table.names()).containsExactly("x");
	}

	@Test
	void whatWasUndoneIsNotForgottenByATransactionThatCommits() {
		assertRolledBack(() -> {
			insert("a");
			lockedOut();
			transaction(() -> insert("b"));
			insert("c");
		});
		assertThat(this.table.names()).containsExactly("b", "x");
	}

	@Test
	void whatIsUndoneWithinATransactionThatCommitsIsNotForgotten() {
		assertRolledBack(() -> {
			insert("a");
			transaction(() -> {
				lockedOut();
				insert("b");
			});
		});
		assertThat(this.table.names()).containsExactly("b", "x");
	}

	/**
	 * MariaDB undoes a transaction that meets a change since its snapshot; MySQL does not
	 * look for such changes.
	 */
	@Test
	void changeSinceTheSnapshotEndsInAnErrorWhereTheServerUndoesTheRest() {
		Runnable work = () -> {
			insert("a");
			this.jdbc.queryForObject("SELECT number FROM line WHERE name = 'x'", Integer.class);
			this.others.update("UPDATE line SET number = 1 WHERE name = 'x'");
			this.failures = failures("UPDATE line SET number = 2 WHERE name = 'x'");
			insert("b");
		};
		if (this.server.isMariaDb()) {
			assertRolledBack(work);
			assertThat(this.table.names()).containsExactly("x");
			assertThat(this.failures).isOne();
		}
		else {
			unit(work);
			assertThat(this.table.names()).containsExactly("a", "b", "x");
			assertThat(this.failures).isZero();
		}
	}

	private int failures(String sql) {
		try {
			this.jdbc.update(sql);
			return 0;
		}
		catch (DataAccessException ex) {
			return 1;
		}
	}

	@Test
	void firstStatementThatFailsHasUndoneNothing() {
		unit(() -> {
			lockedOut();
			insert("b");
		});
		assertThat(this.table.names()).containsExactly("b", "x");
	}

	@Test
	void statementThatFailsAloneUndoesNothing() {
		unit(() -> {
			insert("a");
			assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> insert("a"));
			insert("b");
			assertThatExceptionOfType(BadSqlGrammarException.class)
				.isThrownBy(() -> this.jdbc.queryForList("SELECT nothing FROM line"));
			insert("c");
		});
		assertThat(this.table.names()).containsExactly("a", "b", "c", "x");
	}

	@Test
	void statementThatEndsTheTransactionBeforeItFailsUndoesNothing() {
		unit(() -> {
			insert("a");
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.jdbc.execute("CREATE TABLE line (name INT)"));
			insert("b");
		});
		assertThat(this.table.names()).containsExactly("a", "b", "x");
	}

	@Test
	void statementThatFailsAfterADefinitionHasUndoneNothing() {
		unit(() -> {
			insert("a");
			this.jdbc.execute("ALTER TABLE line COMMENT = 'defined'");
			assertThatExceptionOfType(BadSqlGrammarException.class)
				.isThrownBy(() -> this.jdbc.queryForList("SELECT nothing FROM line"));
			insert("b");
		});
		assertThat(this.table.names()).containsExactly("a", "b", "x");
	}

	@Test
	void statementThatFailsAfterAProcedureThatCommitsHasUndoneNothing() {
		this.others.execute("DROP PROCEDURE IF EXISTS work");
		this.others.execute("CREATE PROCEDURE work() BEGIN INSERT INTO line VALUES ('a', 0); COMMIT; END");
		unit(() -> {
			this.jdbc.execute("CALL work()");
			assertThatExceptionOfType(BadSqlGrammarException.class)
				.isThrownBy(() -> this.jdbc.queryForList("SELECT nothing FROM line"));
		});
		assertThat(this.table.names()).containsExactly("a", "x");
	}

	@Test
	void whatIsUndoneAfterADefinitionIsNotForgotten() {
		assertRolledBack(() -> {
			this.jdbc.execute("ALTER TABLE line COMMENT = 'defined'");
			insert("a");
			lockedOut();
			insert("b");
		});
		assertThat(this.table.names()).containsExactly("x");
	}

	/**
	 * Wait for a row that somebody else has locked, until the server gives up.
	 */
	private void lockedOut() {
		try {
			this.observer.setAutoCommit(false);
			this.others.update("UPDATE line SET number = 1 WHERE name = 'x'");
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.jdbc.update("UPDATE line SET number = 2 WHERE name = 'x'"));
			this.observer.rollback();
			this.observer.setAutoCommit(true);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Spring says nothing of a connection that cannot be made to read only.
	 */
	@Test
	void commitThatIsRefusedBeforeATransactionIsNotForgotten() {
		this.others.execute("CREATE USER app IDENTIFIED BY 'app'");
		this.others.execute("GRANT ALL ON " + this.database + ".* TO app");
		assertThatExceptionOfType(SessionRolledBackException.class).isThrownBy(() -> unit(() -> {
			insert("a");
			this.others.execute("SET GLOBAL read_only = ON");
			try {
				this.transaction.setReadOnly(true);
				transaction(() -> this.jdbc.queryForList("SELECT name FROM line"));
			}
			finally {
				this.others.execute("SET GLOBAL read_only = OFF");
			}
		}, "spring.datasource.username=app", "spring.datasource.password=app"));
		assertThat(this.table.names()).containsExactly("x");
	}

	@Test
	void commitThatIsRefusedForTheSakeOfASecondConnectionIsNotForgotten() {
		this.others.execute("CREATE USER another IDENTIFIED BY 'app'");
		this.others.execute("GRANT ALL ON " + this.database + ".* TO another");
		assertThatExceptionOfType(SessionRolledBackException.class).isThrownBy(() -> unit(() -> {
			insert("a");
			this.others.execute("SET GLOBAL read_only = ON");
			try {
				this.jdbc.execute((ConnectionCallback<Boolean>) (connection) -> {
					this.pool.getConnection().close();
					return true;
				});
			}
			finally {
				this.others.execute("SET GLOBAL read_only = OFF");
			}
		}, "spring.datasource.username=another", "spring.datasource.password=app"));
		assertThat(this.table.names()).containsExactly("x");
	}

	/**
	 * With the savepoint gone, no less than all of it can be rolled back.
	 */
	@Test
	void transactionIsRolledBackAlsoAfterTheServerHasUndoneWhatWentBeforeIt() {
		IllegalStateException thrown = new IllegalStateException("in the transaction");
		assertThatException().isThrownBy(() -> unit(() -> {
			insert("a");
			transaction(() -> {
				lockedOut();
				insert("b");
				throw thrown;
			});
		})).satisfies((ex) -> assertThat(ex).isSameAs(thrown));
		assertThat(this.table.names()).containsExactly("x");
	}

	private void insert(String name) {
		this.jdbc.update("INSERT INTO line (name, number) VALUES (?, 0)", name);
	}

	private void transaction(Runnable work) {
		this.transaction.executeWithoutResult((status) -> work.run());
	}

	private void unit(Runnable work, String... properties) {
		GuardedApplication.on(this.server, this.database)
			.withPropertyValues("connection-guard.session.mode=unit")
			.withPropertyValues(properties)
			.run((context) -> {
				this.pool = context.getBean(DataSource.class);
				this.jdbc = context.getBean(JdbcTemplate.class);
				this.transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
				context.getBean(DatabaseSessionScope.class).run(work::run);
			});
	}

	private void assertRolledBack(Runnable work) {
		assertThatExceptionOfType(SessionRolledBackException.class).isThrownBy(() -> unit(work));
	}

}
