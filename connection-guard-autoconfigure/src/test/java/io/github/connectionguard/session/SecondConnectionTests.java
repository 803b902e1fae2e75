package io.github.connectionguard.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for units whose thread borrows a second connection of the same pool, for which it
 * could wait as long as it holds the first.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecondConnectionTests {

	private static final String TOLD = "was committed before its end";

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final LineTable table = LineTable.create(this.server, this.database,
			"name VARCHAR(20) PRIMARY KEY, number INT NOT NULL");

	@Test
	void nobodyStarvesAndNobodyBlocksItself(CapturedOutput output) {
		run(4, (context) -> {
			ExecutorService clients = Executors.newFixedThreadPool(16);
			try {
				List<Future<?>> units = new ArrayList<>();
				for (int i = 0; i < 80; i++) {
					String name = "line " + i;
					units.add(clients.submit(() -> scope(context).run(() -> {
						insert(context, name);
						updateBySecond(context, name);
					})));
				}
				for (Future<?> unit : units) {
					unit.get(30, TimeUnit.SECONDS);
				}
			}
			finally {
				clients.shutdownNow();
			}
			assertThat(this.table.names("number = 1")).hasSize(80);
			assertThat(output.getAll().split(TOLD, -1)).hasSize(2);
		});
	}

	@Test
	void whatIsWrittenAfterASecondConnectionIsAUnitAgain() {
		run(2, (context) -> {
			assertThatIllegalStateException().isThrownBy(() -> scope(context).run(() -> {
				insert(context, "a");
				updateBySecond(context, "a");
				insert(context, "b");
				throw new IllegalStateException();
			}));
			assertThat(this.table.names()).containsExactly("a");
		});
	}

	@Test
	void connectionThatComesBackCommitsNothing() {
		run(2, (context) -> {
			assertThatIllegalStateException().isThrownBy(() -> scope(context).run(() -> {
				try {
					Connection second = dataSource(context).getConnection();
					insert(context, "a");
					second.close();
				}
				catch (SQLException ex) {
					throw new AssertionError(ex);
				}
				throw new IllegalStateException();
			}));
			assertThat(this.table.names()).isEmpty();
		});
	}

	@Test
	void transactionOfTheApplicationIsLeftAlone(CapturedOutput output) {
		run(2, (context) -> {
			assertThatIllegalStateException().isThrownBy(() -> scope(context)
				.run(() -> new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
					.executeWithoutResult((status) -> {
						insert(context, "a");
						readBySecond(context);
						throw new IllegalStateException();
					})));
			assertThat(this.table.names()).isEmpty();
			assertThat(output).doesNotContain(TOLD);
		});
	}

	@Test
	void unitThatOnlyReadsIsNotTold(CapturedOutput output) {
		run(2, (context) -> {
			scope(context).run(() -> {
				context.getBean(JdbcTemplate.class).queryForList("SELECT name FROM line");
				readBySecond(context);
			});
			assertThat(output).doesNotContain(TOLD);
		});
	}

	@Test
	void unitThatIsToBeRolledBackIsRolledBack() {
		run(1, (context) -> {
			scope(context).run(() -> {
				insert(context, "a");
				scope(context).setRollbackOnly();
				readBySecond(context);
			});
			assertThat(this.table.names()).isEmpty();
		});
	}

	private void run(int poolSize, ContextConsumer<AssertableApplicationContext> test) {
		GuardedApplication.on(this.server, this.database)
			.withPropertyValues("connection-guard.session.mode=unit",
					"spring.datasource.hikari.maximum-pool-size=" + poolSize)
			.run((context) -> {
				test.accept(context);
				assertThat(dataSource(context).getHikariPoolMXBean().getActiveConnections()).isZero();
			});
	}

	private static DatabaseSessionScope scope(AssertableApplicationContext context) {
		return context.getBean(DatabaseSessionScope.class);
	}

	private static HikariDataSource dataSource(AssertableApplicationContext context) {
		return context.getBean(HikariDataSource.class);
	}

	private static void insert(AssertableApplicationContext context, String name) {
		context.getBean(JdbcTemplate.class).update("INSERT INTO line (name, number) VALUES (?, 0)", name);
	}

	private static void updateBySecond(AssertableApplicationContext context, String name) {
		bySecond(context, "UPDATE line SET number = 1 WHERE name = '" + name + "'");
	}

	private static void readBySecond(AssertableApplicationContext context) {
		bySecond(context, "SELECT name FROM line");
	}

	private static void bySecond(AssertableApplicationContext context, String sql) {
		try (Connection second = dataSource(context).getConnection(); Statement statement = second.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new AssertionError(ex);
		}
	}

}
