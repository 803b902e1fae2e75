package io.github.connectionguard.neighbours.quartz;

import java.util.List;
import java.util.Map;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.neighbours.NeighbourTests;
import io.github.connectionguard.neighbours.Steps;
import io.github.connectionguard.neighbours.Visit;
import org.quartz.Scheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a scheduler whose jobs and triggers are in the database, one of a cluster.
 * <p>
 * It is mostly paused while something is scheduled: outside a transaction, a trigger is
 * stored by several statements, and without the starter a scheduler may find a half of
 * it.
 */
class QuartzTests extends NeighbourTests {

	private static final String LINES = "SELECT name FROM line ORDER BY id";

	private static final String TRIGGERS = "SELECT JOB_NAME, TRIGGER_STATE FROM QRTZ_TRIGGERS ORDER BY TRIGGER_NAME";

	QuartzTests() {
		super(Neighbour.web(QuartzApplication.class)
			.packages("org.springframework.boot.quartz")
			.properties("spring.quartz.job-store-type=jdbc", "spring.quartz.jdbc.initialize-schema=always",
					"spring.quartz.properties.org.quartz.jobStore.isClustered=true",
					"spring.quartz.properties.org.quartz.jobStore.clusterCheckinInterval=500",
					"spring.quartz.properties.org.quartz.scheduler.instanceId=AUTO",
					"spring.quartz.properties.org.quartz.threadPool.threadCount=2",
					"spring.sql.init.schema-locations=classpath:line.sql"));
	}

	@Override
	protected List<Case> cases() {
		return List.of(
				new Case("a job is scheduled by nobody's request",
						(visit) -> run(visit, () -> visit.bean(TriggerController.class).schedule("a"), "a")),
				new Case("a job fails", (visit) -> run(visit, () -> visit.post("/schedule", "name=fail"), "fail")),
				new Case("a job is scheduled by a request", (visit) -> run(visit, "/schedule", "a")),
				new Case("a job is triggered by a request", (visit) -> run(visit, "/trigger", "a")),
				new Case("a job is scheduled by a request that writes",
						(visit) -> run(visit, "/write-and-schedule", "before a", "a")),
				new Case("what a request has scheduled is known to the next one", QuartzTests::unschedule),
				new Case("a job is scheduled by a request that fails", QuartzTests::scheduleAndFail).differs(
						"What a request has scheduled is undone if it fails",
						List.of("others see [writing WAITING, writing WAITING] by " + TRIGGERS,
								"others see [a, b] by SELECT name FROM line ORDER BY name"),
						List.of("others see [writing WAITING] by " + TRIGGERS,
								"others see [b] by SELECT name FROM line ORDER BY name")),
				new Case("a request without a session waits for the job it has scheduled",
						(visit) -> scheduleAndWait(visit, "/schedule-and-wait-without-a-session")),
				new Case("a request waits for the job it has scheduled",
						(visit) -> scheduleAndWait(visit, "/schedule-and-wait"))
					.differs("What a request has scheduled runs when the request has ended",
							List.of("POST /schedule-and-wait is answered 200 'has run'"),
							List.of("POST /schedule-and-wait is answered 200 'has not run'")));
	}

	private static void run(Visit visit, String path, String... lines) throws Exception {
		run(visit, () -> assertThat(visit.post(path, "name=a").status()).isEqualTo(200), lines);
	}

	private static void run(Visit visit, Scheduling scheduling, String... lines) throws Exception {
		whilePaused(visit, (paused) -> {
			clear(visit);
			scheduling.schedule();
			assertThat(visit.rows(TRIGGERS)).containsExactly("writing WAITING");
		});
		visit.awaitRows(LINES, lines);
		visit.awaitRows(TRIGGERS);
	}

	private static void unschedule(Visit visit) throws Exception {
		whilePaused(visit, (paused) -> {
			clear(visit);
			visit.post("/schedule", "name=a");
			assertThat(visit.post("/unschedule", "name=a").body()).isEqualTo("unscheduled");
			assertThat(visit.rows(TRIGGERS)).isEmpty();
		});
	}

	private static void scheduleAndFail(Visit visit) throws Exception {
		whilePaused(visit, (paused) -> {
			clear(visit);
			assertThat(visit.post("/schedule-and-fail", "name=a").status()).isEqualTo(500);
			visit.post("/schedule", "name=b");
			visit.rows(TRIGGERS);
		});
		visit.awaitRows(TRIGGERS);
		visit.await(() -> visit.others().queryForList(LINES).size() > 0);
		visit.awaitRows("SELECT COUNT(*) FROM QRTZ_FIRED_TRIGGERS", "0");
		visit.rows("SELECT name FROM line ORDER BY name");
	}

	/**
	 * The scheduler looks for it when it is scheduled, and finds it if it is committed.
	 */
	private static void scheduleAndWait(Visit visit, String path) throws Exception {
		clear(visit);
		visit.await(QuartzTests::isIdle);
		visit.post(path, "name=a");
		visit.bean(Scheduler.class).standby();
		visit.bean(Scheduler.class).start();
		visit.awaitRows(LINES, "a");
		visit.awaitRows(TRIGGERS);
	}

	private static void whilePaused(Visit visit, Steps steps) throws Exception {
		visit.bean(Scheduler.class).standby();
		visit.await(QuartzTests::isIdle);
		steps.with(visit);
		visit.bean(Scheduler.class).start();
	}

	private static boolean isIdle() {
		return Thread.getAllStackTraces().entrySet().stream().anyMatch(QuartzTests::isIdleScheduler);
	}

	private static boolean isIdleScheduler(Map.Entry<Thread, StackTraceElement[]> thread) {
		StackTraceElement[] stack = thread.getValue();
		return thread.getKey().getName().endsWith("_QuartzSchedulerThread") && stack.length > 0
				&& stack[0].getMethodName().startsWith("wait");
	}

	private static void clear(Visit visit) {
		visit.others().update("DELETE FROM line");
	}

	/**
	 * What is done while the scheduler is paused.
	 */
	private interface Scheduling {

		void schedule() throws Exception;

	}

}
