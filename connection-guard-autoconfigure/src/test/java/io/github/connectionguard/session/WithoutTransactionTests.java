package io.github.connectionguard.session;

import java.sql.Connection;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for what runs in a unit of work where it asks for no transaction, as with
 * {@code SUPPORTS}, and for what the unit holds meanwhile.
 */
class WithoutTransactionTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final LineTable table = LineTable.create(this.server, this.database);

	@AfterEach
	void threadIsClean() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
	}

	@Test
	void statementsTakeEffectOneByOneAndThoseAfterItTogether() {
		run((context) -> {
			assertThatIllegalStateException().isThrownBy(() -> scope(context).run(() -> {
				supports(context, () -> {
					insert(context, "a");
					assertThat(this.table.names()).containsExactly("a");
				});
				assertThat(connectionsInUse(context)).isZero();
				insert(context, "b");
				throw new IllegalStateException();
			}));
			assertThat(this.table.names()).containsExactly("a");
		});
	}

	@Test
	void statementsAfterABareReadTakeEffectOneByOne() {
		run((context) -> {
			assertThatIllegalStateException().isThrownBy(() -> scope(context).run(() -> {
				count(context);
				supports(context, () -> insert(context, "a"));
				assertThat(this.table.names()).containsExactly("a");
				insert(context, "b");
				throw new IllegalStateException();
			}));
			assertThat(this.table.names()).containsExactly("a");
		});
	}

	@Test
	void statementsJoinWhatWasWrittenBefore() {
		run((context) -> {
			assertThatIllegalStateException().isThrownBy(() -> scope(context).run(() -> {
				insert(context, "a");
				supports(context, () -> insert(context, "b"));
				assertThat(this.table.names()).isEmpty();
				throw new IllegalStateException();
			}));
			assertThat(this.table.names()).isEmpty();
		});
	}

	@Test
	void sessionWithinSuchAMethodKeepsItsWorkTogether() {
		run((context) -> supports(context,
				() -> assertThatIllegalStateException().isThrownBy(() -> scope(context).run(() -> {
					insert(context, "a");
					throw new IllegalStateException();
				}))));
		assertThat(this.table.names()).isEmpty();
	}

	@Test
	void sessionThatJoinsAnotherWithinSuchAMethodKeepsItsWorkTogether() {
		run((context) -> scope(context).run(() -> supports(context, () -> {
			insert(context, "at once");
			scope(context).run(() -> {
				insert(context, "together");
				assertThat(this.table.names()).containsExactly("at once");
			});
		})));
		assertThat(this.table.names()).containsExactly("at once", "together");
	}

	@Test
	void unitThatEndsWithinSuchAMethodHasNothingToEnd() {
		run((context) -> {
			Session session = Session.begin(context.getBean(Sessions.class));
			supports(context, () -> {
				insert(context, "a");
				session.endUnitAndGoOn(500);
				insert(context, "b");
			});
			session.end(500, false);
			assertThat(this.table.names()).containsExactly("a", "b");
			assertThat(connectionsInUse(context)).isZero();
		});
	}

	@Test
	void connectionIsKeptFromABareWriteUntilItIsCommitted() {
		run((context) -> scope(context).run(() -> {
			long first = connectionId(context);
			assertThat(connectionsInUse(context)).isZero();
			insert(context, "a");
			assertThat(connectionsInUse(context)).isOne();
			assertThat(connectionId(context)).isEqualTo(first);
			required(context, () -> insert(context, "b"));
			assertThat(connectionsInUse(context)).isZero();
		}));
	}

	@Test
	void connectionIsGivenBackAfterATransactionUnlessSomebodyUsesIt() {
		run((context) -> scope(context).run(() -> {
			required(context, () -> insert(context, "a"));
			assertThat(connectionsInUse(context)).isZero();
			DataSource dataSource = context.getBean(DataSource.class);
			Connection used = DataSourceUtils.getConnection(dataSource);
			required(context, () -> insert(context, "b"));
			assertThat(connectionsInUse(context)).isOne();
			assertThat(used.isClosed()).isFalse();
			DataSourceUtils.releaseConnection(used, dataSource);
		}));
		assertThat(this.table.names()).containsExactly("a", "b");
	}

	private void run(ContextConsumer<AssertableApplicationContext> test) {
		GuardedApplication.on(this.server, this.database)
			.withPropertyValues("connection-guard.session.mode=unit")
			.run((context) -> {
				test.accept(context);
				assertThat(connectionsInUse(context)).isZero();
			});
	}

	private static DatabaseSessionScope scope(AssertableApplicationContext context) {
		return context.getBean(DatabaseSessionScope.class);
	}

	private static void supports(AssertableApplicationContext context, Runnable work) {
		template(context, TransactionDefinition.PROPAGATION_SUPPORTS).executeWithoutResult((status) -> work.run());
	}

	private static void required(AssertableApplicationContext context, Runnable work) {
		template(context, TransactionDefinition.PROPAGATION_REQUIRED).executeWithoutResult((status) -> work.run());
	}

	private static TransactionTemplate template(AssertableApplicationContext context, int propagation) {
		TransactionTemplate template = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		template.setPropagationBehavior(propagation);
		return template;
	}

	private static void insert(AssertableApplicationContext context, String name) {
		context.getBean(JdbcTemplate.class).update("INSERT INTO line (name) VALUES (?)", name);
	}

	private static void count(AssertableApplicationContext context) {
		context.getBean(JdbcTemplate.class).queryForObject("SELECT COUNT(*) FROM line", Integer.class);
	}

	private static long connectionId(AssertableApplicationContext context) {
		Long id = context.getBean(JdbcTemplate.class).queryForObject("SELECT CONNECTION_ID()", Long.class);
		return (id != null) ? id : 0;
	}

	private static int connectionsInUse(AssertableApplicationContext context) {
		return context.getBean(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections();
	}

}
