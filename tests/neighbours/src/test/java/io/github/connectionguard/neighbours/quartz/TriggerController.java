package io.github.connectionguard.neighbours.quartz;

import java.time.Duration;

import io.github.connectionguard.session.NoSession;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.quartz.JobDataMap;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Has the job run.
 */
@RestController
class TriggerController {

	private static final JobKey WRITING = JobKey.jobKey("writing");

	private final Scheduler scheduler;

	private final JdbcTemplate jdbc;

	TriggerController(Scheduler scheduler, JdbcTemplate jdbc) {
		this.scheduler = scheduler;
		this.jdbc = jdbc;
	}

	@PostMapping("/schedule")
	String schedule(@RequestParam String name) throws SchedulerException {
		this.scheduler.scheduleJob(TriggerBuilder.newTrigger()
			.forJob(WRITING)
			.withIdentity(name)
			.usingJobData("name", name)
			.startNow()
			.build());
		return name;
	}

	@PostMapping("/trigger")
	String trigger(@RequestParam String name) throws SchedulerException {
		JobDataMap data = new JobDataMap();
		data.put("name", name);
		this.scheduler.triggerJob(WRITING, data);
		return name;
	}

	@PostMapping("/write-and-schedule")
	String writeAndSchedule(@RequestParam String name) throws SchedulerException {
		this.jdbc.update("INSERT INTO line (name) VALUES (?)", "before " + name);
		return schedule(name);
	}

	@PostMapping("/schedule-and-fail")
	String scheduleAndFail(@RequestParam String name) throws SchedulerException {
		schedule(name);
		throw new IllegalStateException("The office is closed");
	}

	/**
	 * Schedule a job and wait until it has run, but not for long.
	 */
	@PostMapping("/schedule-and-wait")
	String scheduleAndWait(@RequestParam String name) throws SchedulerException {
		schedule(name);
		try {
			Awaitility.await().atMost(Duration.ofSeconds(1)).until(() -> isWritten(name));
			return "has run";
		}
		catch (ConditionTimeoutException ex) {
			return "has not run";
		}
	}

	@NoSession
	@PostMapping("/schedule-and-wait-without-a-session")
	String scheduleAndWaitWithoutASession(@RequestParam String name) throws SchedulerException {
		return scheduleAndWait(name);
	}

	@PostMapping("/unschedule")
	String unschedule(@RequestParam String name) throws SchedulerException {
		return this.scheduler.unscheduleJob(TriggerKey.triggerKey(name)) ? "unscheduled" : "unknown";
	}

	private boolean isWritten(String name) {
		return !this.jdbc.queryForList("SELECT id FROM line WHERE name = ?", name).isEmpty();
	}

}
