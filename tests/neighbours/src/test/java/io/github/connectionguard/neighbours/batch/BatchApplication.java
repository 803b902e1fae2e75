package io.github.connectionguard.neighbours.batch;

import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.database.JdbcCursorItemReader;
import org.springframework.batch.infrastructure.item.database.builder.JdbcCursorItemReaderBuilder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application with a job that copies rows, two at a time, with a cursor that is open
 * meanwhile.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ BatchApplication.Jobs.class, BatchApplication.Copies.class })
class BatchApplication {

	@Bean
	Job copy(JobRepository repository, Step copying) {
		return new JobBuilder("copy", repository).start(copying).build();
	}

	@Bean
	Step copying(JobRepository repository, PlatformTransactionManager transactionManager,
			JdbcCursorItemReader<String> source, Copies copies) {
		return new StepBuilder("copying", repository).<String, String>chunk(2)
			.transactionManager(transactionManager)
			.reader(source)
			.processor(copies::check)
			.writer((chunk) -> chunk.getItems().forEach(copies::write))
			.build();
	}

	@Bean
	JdbcCursorItemReader<String> source(DataSource dataSource) {
		return new JdbcCursorItemReaderBuilder<String>().name("source")
			.dataSource(dataSource)
			.sql("SELECT name FROM source ORDER BY id")
			.rowMapper((row, number) -> row.getString(1))
			.build();
	}

	static class Copies {

		private final JdbcTemplate jdbc;

		private final AtomicBoolean broken = new AtomicBoolean();

		Copies(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		void setBroken(boolean broken) {
			this.broken.set(broken);
		}

		String check(String item) {
			if (this.broken.get() && item.equals("d")) {
				throw new IllegalStateException("The copier is broken");
			}
			return item;
		}

		void write(String item) {
			this.jdbc.update("INSERT INTO line (name) VALUES (?)", item);
		}

	}

	@RestController
	static class Jobs {

		private final JobOperator operator;

		private final Job copy;

		private final Copies copies;

		Jobs(JobOperator operator, Job copy, Copies copies) {
			this.operator = operator;
			this.copy = copy;
			this.copies = copies;
		}

		JobExecution run(long number) throws Exception {
			return this.operator.start(this.copy,
					new JobParametersBuilder().addLong("number", number).toJobParameters());
		}

		@PostMapping("/run")
		String request(@RequestParam long number) throws Exception {
			return run(number).getExitStatus().getExitCode();
		}

		@PostMapping("/write-and-run")
		String writeAndRun(@RequestParam long number) throws Exception {
			this.copies.write("before");
			String status = request(number);
			this.copies.write("after");
			return status;
		}

		@PostMapping("/run-and-fail")
		String runAndFail(@RequestParam long number) throws Exception {
			throw new IllegalStateException("The office is closed, " + request(number));
		}

	}

}
