package io.github.connectionguard.neighbours.jobrunr;

import org.jobrunr.scheduling.JobScheduler;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application with a job that writes a row.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ JobRunrApplication.JobController.class, JobRunrApplication.Writing.class })
class JobRunrApplication {

	/**
	 * What the jobs do, public as JobRunr calls it by its name.
	 */
	public static class Writing {

		private final JdbcTemplate jdbc;

		Writing(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		/**
		 * Write a row.
		 * @param name its name
		 */
		public void write(String name) {
			this.jdbc.update("INSERT INTO line (name) VALUES (?)", name);
		}

	}

	@RestController
	static class JobController {

		private final JobScheduler scheduler;

		private final Writing writing;

		JobController(JobScheduler scheduler, Writing writing) {
			this.scheduler = scheduler;
			this.writing = writing;
		}

		@PostMapping("/enqueue")
		String enqueue(@RequestParam String name) {
			this.scheduler.<Writing>enqueue((writing) -> writing.write(name));
			return name;
		}

		@PostMapping("/write-and-enqueue")
		String writeAndEnqueue(@RequestParam String name) {
			this.writing.write("before " + name);
			enqueue(name);
			this.writing.write("after " + name);
			return name;
		}

		@PostMapping("/write-and-enqueue-and-fail")
		String writeAndEnqueueAndFail(@RequestParam String name) {
			writeAndEnqueue(name);
			throw new IllegalStateException("The office is closed");
		}

	}

}
