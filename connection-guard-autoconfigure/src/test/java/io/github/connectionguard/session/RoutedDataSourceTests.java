package io.github.connectionguard.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for sessions where the data source leads now here and now there: each statement
 * goes where it goes without the guard.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
class RoutedDataSourceTests {

	private final TestServer server = TestServer.shared();

	private final String a = this.server.createDatabase();

	private final String b = this.server.createDatabase();

	private final LineTable linesOfA = LineTable.create(this.server, this.a);

	private final LineTable linesOfB = LineTable.create(this.server, this.b);

	@AfterEach
	void threadIsClean() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
	}

	static Stream<Arguments> tenantsInEachMode() {
		return Stream.of(SessionMode.values())
			.flatMap((mode) -> Stream.of(TenantRouting.values())
				.filter((tenants) -> tenants.ordinal() < TenantRouting.LAZY_PROXY_WITH_A_READER.ordinal())
				.map((tenants) -> Arguments.of(mode, tenants)));
	}

	@ParameterizedTest
	@MethodSource("tenantsInEachMode")
	void statementsGoToTheDatabaseOfTheirTenant(SessionMode mode, TenantRouting tenants) {
		run(mode, tenants, (context) -> {
			scope(context).run(() -> {
				insert(context, "a", "first");
				insert(context, "b", "second");
			});
			assertThat(this.linesOfA.names()).containsExactly("first");
			assertThat(this.linesOfB.names()).containsExactly("second");
		});
	}

	@ParameterizedTest
	@MethodSource("tenantsInEachMode")
	void transactionAfterAReadForAnotherTenantGoesToItsOwn(SessionMode mode, TenantRouting tenants) {
		run(mode, tenants, (context) -> {
			scope(context).run(() -> {
				assertThat(count(context, "a")).isZero();
				insertInTransaction(context, "b", "first");
				insertInTransaction(context, "a", "second");
			});
			assertThat(this.linesOfA.names()).containsExactly("second");
			assertThat(this.linesOfB.names()).containsExactly("first");
		});
	}

	@ParameterizedTest
	@EnumSource(SessionMode.class)
	void readOnlyTransactionsGoToTheReaderOfALazyProxy(SessionMode mode) {
		readsInTransactionsGoToA(mode, TenantRouting.LAZY_PROXY_WITH_A_READER);
	}

	@ParameterizedTest
	@EnumSource(SessionMode.class)
	void readOnlyTransactionsGoToTheReaderOfARouter(SessionMode mode) {
		readsInTransactionsGoToA(mode, TenantRouting.ROUTER_TO_A_READER);
	}

	private void readsInTransactionsGoToA(SessionMode mode, TenantRouting tenants) {
		run(mode, tenants, (context) -> {
			TransactionTemplate readOnly = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
			readOnly.setReadOnly(true);
			List<String> databases = scope(context).call(() -> List.of(database(context),
					Objects.requireNonNull(readOnly.<String>execute((status) -> database(context))),
					database(context)));
			assertThat(databases).containsExactly(this.b, this.a, this.b);
		});
	}

	/**
	 * The pool is no bean, and was made when the guard had met all beans.
	 */
	@ParameterizedTest
	@EnumSource(SessionMode.class)
	void tenantAddedAtRunTimeIsServed(SessionMode mode) {
		run(mode, TenantRouting.ROUTER, (context) -> {
			TenantRouting.Router router = context.getBean(TenantRouting.Router.class);
			try (HikariDataSource added = pool(this.b)) {
				Map<Object, Object> targets = new HashMap<>(router.getResolvedDataSources());
				targets.put("added", added);
				router.setTargetDataSources(targets);
				router.afterPropertiesSet();
				scope(context).run(() -> {
					assertThat(count(context, "added")).isZero();
					insert(context, "added", "first");
					insertInTransaction(context, "added", "second");
				});
				scope(context).run(() -> insertInTransaction(context, "added", "third"));
				assertThat(this.linesOfB.names()).containsExactlyInAnyOrder("first", "second", "third");
				assertThat(added.getHikariPoolMXBean().getActiveConnections()).isZero();
			}
		});
	}

	@Test
	void reasonNamesWhatMayLeadElsewhere(CapturedOutput output) {
		for (SessionMode mode : new SessionMode[] { SessionMode.AUTO, SessionMode.UNIT, SessionMode.TRANSACTION }) {
			run(mode, TenantRouting.LAZY_PROXY_OVER_A_ROUTER, (context) -> {
			});
		}
		assertThat(output.getOut()
			.lines()
			.filter((line) -> line.contains("Sessions run in mode 'backstop', because the transaction manager's data "
					+ "source may lead elsewhere than to one guarded pool (" + TenantRouting.Router.class.getName()
					+ ")")))
			.hasSize(3);
	}

	@Test
	void reasonNamesTheReader(CapturedOutput output) {
		run(SessionMode.AUTO, TenantRouting.LAZY_PROXY_WITH_A_READER, (context) -> assertThat(output).contains(
				"(org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy with a read-only data source)"));
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "UNIT" })
	void dataSourceThatIsNamedAndMayLeadElsewhereIsNotCovered(SessionMode mode, CapturedOutput output) {
		GuardedApplication.on(this.server, this.a)
			.withPropertyValues("connection-guard.eager=false", "connection-guard.session.mode=" + mode,
					"connection-guard.session.data-sources=tenants")
			.withBean("dataSource", HikariDataSource.class, () -> pool(this.a), (bean) -> bean.setPrimary(true))
			.withBean("tenants", DataSource.class, () -> TenantRouting.router(pool(this.a), pool(this.b)))
			.run((context) -> {
				JdbcTemplate tenants = new JdbcTemplate(context.getBean("tenants", DataSource.class));
				scope(context).run(() -> {
					TenantRouting.in("a", () -> tenants.update("INSERT INTO line VALUES ('first')"));
					TenantRouting.in("b", () -> tenants.update("INSERT INTO line VALUES ('second')"));
				});
				assertThat(this.linesOfA.names()).containsExactly("first");
				assertThat(this.linesOfB.names()).containsExactly("second");
				assertThat(output).contains("Sessions run in mode 'backstop' on data source 'tenants', because the "
						+ "transaction manager's data source may lead elsewhere");
			});
	}

	private void run(SessionMode mode, TenantRouting tenants, ContextConsumer<AssertableApplicationContext> test) {
		runner(tenants).withPropertyValues("connection-guard.session.mode=" + mode).run((context) -> {
			test.accept(context);
			assertThat(context.getBean("a", HikariDataSource.class).getHikariPoolMXBean()).satisfiesAnyOf(
					(pool) -> assertThat(pool).isNull(), (pool) -> assertThat(pool.getActiveConnections()).isZero());
		});
	}

	private ApplicationContextRunner runner(TenantRouting tenants) {
		HikariDataSource a = pool(this.a);
		HikariDataSource b = pool(this.b);
		return GuardedApplication.on(this.server, this.a)
			.withPropertyValues("connection-guard.eager=false")
			.withBean("a", HikariDataSource.class, () -> a, (bean) -> bean.setAutowireCandidate(false))
			.withBean("b", HikariDataSource.class, () -> b, (bean) -> bean.setAutowireCandidate(false))
			.withBean("dataSource", DataSource.class, () -> tenants.over(a, b), (bean) -> bean.setPrimary(true));
	}

	private HikariDataSource pool(String database) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(this.server.jdbcUrl(database));
		pool.setUsername(this.server.username());
		pool.setPassword(this.server.password());
		pool.setMaximumPoolSize(2);
		return pool;
	}

	private static DatabaseSessionScope scope(AssertableApplicationContext context) {
		return context.getBean(DatabaseSessionScope.class);
	}

	private static void insert(AssertableApplicationContext context, String tenant, String name) {
		TenantRouting.in(tenant, () -> jdbc(context).update("INSERT INTO line VALUES (?)", name));
	}

	private static void insertInTransaction(AssertableApplicationContext context, String tenant, String name) {
		PlatformTransactionManager manager = context.getBean(PlatformTransactionManager.class);
		TenantRouting.in(tenant, () -> new TransactionTemplate(manager)
			.execute((status) -> jdbc(context).update("INSERT INTO line VALUES (?)", name)));
	}

	private static int count(AssertableApplicationContext context, String tenant) {
		return TenantRouting.in(tenant, () -> jdbc(context).queryForList("SELECT name FROM line").size());
	}

	private static String database(AssertableApplicationContext context) {
		return String.valueOf(jdbc(context).queryForObject("SELECT DATABASE()", String.class));
	}

	private static JdbcTemplate jdbc(AssertableApplicationContext context) {
		return context.getBean(JdbcTemplate.class);
	}

}
