package io.github.connectionguard.neighbours.dbscheduler;

import java.util.List;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.neighbours.NeighbourTests;
import io.github.connectionguard.neighbours.Visit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for tasks that are scheduled by requests.
 */
class DbSchedulerTests extends NeighbourTests {

	private static final String LINES = "SELECT name FROM line ORDER BY id";

	private static final String TASKS = "SELECT task_instance FROM scheduled_tasks";

	DbSchedulerTests() {
		super(Neighbour.web(TaskApplication.class)
			.properties("spring.sql.init.schema-locations=classpath:db-scheduler.sql"));
	}

	@Override
	protected List<Case> cases() {
		return List.of(new Case("a task is scheduled by nobody's request", DbSchedulerTests::schedule),
				new Case("a task is scheduled by a request", (visit) -> run(visit, "/schedule", "a")),
				new Case("a task is scheduled in a transaction",
						(visit) -> run(visit, "/schedule-in-transaction", "a")),
				new Case("a task is scheduled by a request that writes",
						(visit) -> run(visit, "/write-and-schedule", "before a", "a")),
				new Case("a task is scheduled by a request that fails", DbSchedulerTests::scheduleAndFail).differs(
						"What a request has scheduled is undone if it fails", List.of("others see [a, b] by " + LINES),
						List.of("others see [b] by " + LINES)));
	}

	private static void schedule(Visit visit) {
		clear(visit);
		visit.bean(TaskApplication.TaskController.class).schedule("a");
		ran(visit, "a");
	}

	private static void run(Visit visit, String path, String... lines) throws Exception {
		clear(visit);
		assertThat(visit.post(path, "name=a").status()).isEqualTo(200);
		ran(visit, lines);
	}

	private static void scheduleAndFail(Visit visit) throws Exception {
		clear(visit);
		visit.post("/schedule-and-fail", "name=a");
		visit.post("/schedule", "name=b");
		visit.awaitRows(TASKS);
		visit.rows(LINES);
	}

	private static void ran(Visit visit, String... lines) {
		visit.awaitRows(LINES, lines);
		visit.awaitRows(TASKS);
	}

	private static void clear(Visit visit) {
		visit.others().update("DELETE FROM line");
	}

}
