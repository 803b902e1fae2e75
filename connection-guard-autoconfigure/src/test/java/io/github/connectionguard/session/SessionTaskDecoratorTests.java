package io.github.connectionguard.session;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.core.task.TaskDecorator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SessionTaskDecorator}.
 */
class SessionTaskDecoratorTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final LineTable table = LineTable.create(this.server, this.database);

	@Test
	void taskIsCommittedAtItsEnd() {
		run((executor, context) -> {
			CompletableFuture<List<String>> seen = new CompletableFuture<>();
			executor.execute(() -> {
				insert(context, "a");
				seen.complete(this.table.names());
			});
			executor.shutdown();
			assertThat(seen.join()).isEmpty();
			assertThat(this.table.names()).containsExactly("a");
		});
	}

	@Test
	void taskThatThrowsIsRolledBack() {
		run((executor, context) -> {
			executor.execute(() -> {
				insert(context, "a");
				throw new IllegalStateException("told by the executor's thread");
			});
			executor.shutdown();
			assertThat(this.table.names()).isEmpty();
		});
	}

	@Test
	void submittedTaskThatThrowsIsRolledBack() {
		run((executor, context) -> {
			Future<?> future = executor.submit(() -> {
				insert(context, "a");
				throw new IllegalStateException();
			});
			executor.shutdown();
			assertThat(future).isDone();
			assertThat(this.table.names()).isEmpty();
		});
	}

	@Test
	void springBootFindsNoDecoratorUnlessOneIsDeclared() {
		GuardedApplication.on(this.server, this.database)
			.run((context) -> assertThat(context).hasSingleBean(DatabaseSessionScope.class)
				.doesNotHaveBean(TaskDecorator.class));
	}

	private void run(Check check) {
		GuardedApplication.on(this.server, this.database).run((context) -> {
			ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
			executor.setTaskDecorator(new SessionTaskDecorator(context.getBean(DatabaseSessionScope.class)));
			executor.setWaitForTasksToCompleteOnShutdown(true);
			executor.setAwaitTerminationSeconds(30);
			executor.initialize();
			check.of(executor, context);
			executor.shutdown();
		});
	}

	private static void insert(AssertableApplicationContext context, String name) {
		context.getBean(JdbcTemplate.class).update("INSERT INTO line VALUES (?)", name);
	}

	@FunctionalInterface
	interface Check {

		void of(ThreadPoolTaskExecutor executor, AssertableApplicationContext context);

	}

}
