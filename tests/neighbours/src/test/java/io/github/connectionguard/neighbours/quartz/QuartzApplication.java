package io.github.connectionguard.neighbours.quartz;

import org.quartz.Job;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An application with a job that writes a row, whenever it is triggered.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(TriggerController.class)
class QuartzApplication {

	@Bean
	JobDetail writing() {
		return org.quartz.JobBuilder.newJob(Writing.class).withIdentity("writing").storeDurably().build();
	}

	static class Writing implements Job {

		private final JdbcTemplate jdbc;

		Writing(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Override
		public void execute(JobExecutionContext context) throws JobExecutionException {
			String name = context.getMergedJobDataMap().getString("name");
			this.jdbc.update("INSERT INTO line (name) VALUES (?)", name);
			if (name.startsWith("fail")) {
				throw new JobExecutionException("The pen is empty");
			}
		}

	}

}
