package io.github.connectionguard.session;

import java.sql.SQLException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.autoconfigure.UnusableSettingException;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for sessions that cover a second data source, which has no transaction manager,
 * and a third one, which has.
 */
@ExtendWith(OutputCaptureExtension.class)
class SeveralDataSourcesTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final LineTable table = LineTable.create(this.server, this.database);

	@AfterEach
	void threadIsClean() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void workOnAllIsCommittedAtTheEnd(SessionMode mode) {
		run(mode, "second,third", (context) -> {
			scope(context).run(() -> {
				insertIntoAll(context);
				assertThat(this.table.names()).isEmpty();
			});
			assertThat(this.table.names()).containsExactlyInAnyOrder("first", "second", "third");
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void workOnAllIsRolledBackTogether(SessionMode mode) {
		run(mode, "second,third", (context) -> {
			assertThatIllegalStateException().isThrownBy(() -> scope(context).run(() -> {
				insertIntoAll(context);
				throw new IllegalStateException();
			}));
			assertThat(this.table.names()).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void nothingMoreIsCommittedAfterACommitThatFails(SessionMode mode) {
		run(mode, "second,third", (context) -> {
			assertThatException().isThrownBy(() -> scope(context).run(() -> {
				insertIntoAll(context);
				kill(context, "third");
			}));
			assertThat(this.table.names()).containsExactly("second");
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void dataSourceThatIsNotNamedIsNotCovered(SessionMode mode) {
		run(mode, "third", (context) -> {
			assertThatIllegalStateException().isThrownBy(() -> scope(context).run(() -> {
				insertIntoAll(context);
				throw new IllegalStateException();
			}));
			assertThat(this.table.names()).containsExactly("second");
		});
	}

	@Test
	void transactionsOnAnotherDataSourceKeepTheirBoundaries() {
		run(SessionMode.UNIT, "third", (context) -> {
			assertThatIllegalStateException().isThrownBy(() -> scope(context).run(() -> {
				insert(context, "dataSource", "first");
				new TransactionTemplate(context.getBean("thirdManager", PlatformTransactionManager.class))
					.executeWithoutResult((status) -> insert(context, "third", "third"));
				assertThat(this.table.names()).containsExactly("third");
				throw new IllegalStateException();
			}));
			assertThat(this.table.names()).containsExactly("third");
		});
	}

	@Test
	void transactionsOnAnotherDataSourceJoinTheSession() {
		run(SessionMode.TRANSACTION, "third", (context) -> {
			assertThatIllegalStateException().isThrownBy(() -> scope(context).run(() -> {
				new TransactionTemplate(context.getBean("thirdManager", PlatformTransactionManager.class))
					.executeWithoutResult((status) -> insert(context, "third", "third"));
				assertThat(this.table.names()).isEmpty();
				throw new IllegalStateException();
			}));
			assertThat(this.table.names()).isEmpty();
		});
	}

	@Test
	void callbacksOfTheSessionComeWhenAllIsCommitted() {
		run(SessionMode.TRANSACTION, "second,third", (context) -> scope(context).run(() -> {
			insertIntoAll(context);
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCommit() {
					assertThat(new JdbcTemplate(context.getBean("uncovered", DataSource.class))
						.queryForList("SELECT name FROM line")).hasSize(3);
				}

			});
		}));
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void nothingIsBorrowedFromADataSourceThatIsNotUsed(SessionMode mode) {
		run(mode, "second,third", (context) -> {
			scope(context).run(() -> insert(context, "second", "second"));
			assertThat(context.getBean("third", HikariDataSource.class).getHikariPoolMXBean()).isNull();
			assertThat(this.table.names()).containsExactly("second");
		});
	}

	@Test
	void primaryDataSourceThatIsNamedAsWellIsCoveredOnce() {
		run(SessionMode.UNIT, "dataSource,second,second", (context) -> {
			scope(context).run(() -> insertIntoAll(context));
			assertThat(this.table.names()).containsExactlyInAnyOrder("first", "second", "third");
		});
	}

	@Test
	void coverageIsTold(CapturedOutput output) {
		run(SessionMode.AUTO, "second", (context) -> {
			insert(context, "second", "second");
			assertThat(output).containsOnlyOnce("Sessions run in mode 'unit' on data source 'second', because the "
					+ "transaction manager is Spring's own for JDBC");
		});
	}

	@Test
	void nameThatIsNoDataSourceStopsTheStart() {
		runner("second,jdbcTemplate").run((context) -> assertThat(context).getFailure()
			.hasMessage("In 'connection-guard.session.data-sources', 'jdbcTemplate' is no data source.")
			.isInstanceOf(UnusableSettingException.class));
	}

	private ApplicationContextRunner runner(String covered) {
		return GuardedApplication.on(this.server, this.database)
			.withUserConfiguration(Pools.class)
			.withPropertyValues("connection-guard.eager=false", "connection-guard.session.data-sources=" + covered);
	}

	private void run(SessionMode mode, String covered, ContextConsumer<AssertableApplicationContext> test) {
		runner(covered).withPropertyValues("connection-guard.session.mode=" + mode).run((context) -> {
			test.accept(context);
			assertThat(context.getBeansOfType(HikariDataSource.class).values())
				.filteredOn((pool) -> pool.getHikariPoolMXBean() != null)
				.allSatisfy((pool) -> assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero());
		});
	}

	private static DatabaseSessionScope scope(AssertableApplicationContext context) {
		return context.getBean(DatabaseSessionScope.class);
	}

	private static void insertIntoAll(AssertableApplicationContext context) {
		insert(context, "dataSource", "first");
		insert(context, "second", "second");
		insert(context, "third", "third");
	}

	private static void insert(AssertableApplicationContext context, String dataSource, String name) {
		new JdbcTemplate(context.getBean(dataSource, DataSource.class)).update("INSERT INTO line VALUES (?)", name);
	}

	/**
	 * Kill the session of the connection that the current thread uses.
	 */
	private void kill(AssertableApplicationContext context, String dataSource) throws SQLException {
		Long id = new JdbcTemplate(context.getBean(dataSource, DataSource.class))
			.queryForObject("SELECT CONNECTION_ID()", Long.class);
		this.server.execute("KILL " + id);
	}

	/**
	 * Pools to the same database.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Pools {

		@Bean
		@Primary
		HikariDataSource dataSource(Environment environment) {
			return GuardedApplication.newPool(environment);
		}

		@Bean(defaultCandidate = false)
		HikariDataSource second(Environment environment) {
			return GuardedApplication.newPool(environment);
		}

		@Bean(defaultCandidate = false)
		HikariDataSource third(Environment environment) {
			return GuardedApplication.newPool(environment);
		}

		@Bean(defaultCandidate = false)
		HikariDataSource uncovered(Environment environment) {
			return GuardedApplication.newPool(environment);
		}

		@Bean
		@Primary
		JdbcTransactionManager transactionManager(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

		@Bean
		JdbcTransactionManager thirdManager(@Qualifier("third") DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

	}

}
