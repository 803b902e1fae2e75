package io.github.connectionguard.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.AfterEach;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Work in scopes of an application, which leaves the thread as it was.
 */
abstract class ScopedWork {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final LineTable table = LineTable.create(this.server, this.database);

	@AfterEach
	void threadIsClean() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
		assertThat(SessionsOfThread.current()).isNull();
	}

	TestServer server() {
		return this.server;
	}

	String database() {
		return this.database;
	}

	/**
	 * Return what others see.
	 */
	List<String> names() {
		return this.table.names();
	}

	/**
	 * Run a test in an application, after which no connection is out.
	 */
	void run(SessionMode mode, ContextConsumer<AssertableApplicationContext> test) {
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

	static DatabaseSessionScope scope(AssertableApplicationContext context) {
		return context.getBean(DatabaseSessionScope.class);
	}

	static TransactionTemplate transaction(AssertableApplicationContext context) {
		return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
	}

	static void insert(AssertableApplicationContext context, String name) {
		context.getBean(JdbcTemplate.class).update("INSERT INTO line VALUES (?)", name);
	}

	static void leave(AssertableApplicationContext context, String name) throws SQLException {
		Connection raw = context.getBean(DataSource.class).getConnection();
		raw.setAutoCommit(false);
		raw.createStatement().executeUpdate("INSERT INTO line VALUES ('" + name + "')");
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
