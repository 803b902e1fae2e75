package io.github.connectionguard.neighbours.dbscheduler;

import java.time.Duration;
import java.time.Instant;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application with a task that writes a row.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(TaskApplication.TaskController.class)
class TaskApplication {

	@Bean
	OneTimeTask<String> writing(JdbcTemplate jdbc) {
		return Tasks.oneTime("writing", String.class)
			.execute((instance, context) -> jdbc.update("INSERT INTO line (name) VALUES (?)", instance.getData()));
	}

	/**
	 * As db-scheduler's starter makes it.
	 */
	@Bean(initMethod = "start", destroyMethod = "stop")
	Scheduler scheduler(DataSource dataSource, OneTimeTask<String> writing) {
		return Scheduler.create(new TransactionAwareDataSourceProxy(dataSource), writing)
			.pollingInterval(Duration.ofMillis(100))
			.threads(1)
			.build();
	}

	@RestController
	static class TaskController {

		private final SchedulerClient scheduler;

		private final OneTimeTask<String> writing;

		private final TransactionOperations transaction;

		private final JdbcTemplate jdbc;

		TaskController(SchedulerClient scheduler, OneTimeTask<String> writing, TransactionOperations transaction,
				JdbcTemplate jdbc) {
			this.scheduler = scheduler;
			this.writing = writing;
			this.transaction = transaction;
			this.jdbc = jdbc;
		}

		@PostMapping("/schedule")
		String schedule(@RequestParam String name) {
			this.scheduler.scheduleIfNotExists(this.writing.instance(name, name), Instant.now());
			return name;
		}

		@PostMapping("/schedule-in-transaction")
		String scheduleInTransaction(@RequestParam String name) {
			this.transaction.executeWithoutResult((status) -> schedule(name));
			return name;
		}

		@PostMapping("/write-and-schedule")
		String writeAndSchedule(@RequestParam String name) {
			this.jdbc.update("INSERT INTO line (name) VALUES (?)", "before " + name);
			return schedule(name);
		}

		@PostMapping("/schedule-and-fail")
		String scheduleAndFail(@RequestParam String name) {
			schedule(name);
			throw new IllegalStateException("The office is closed");
		}

	}

}
