package io.github.connectionguard.neighbours.jobrunr;

import java.util.List;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.neighbours.NeighbourTests;
import io.github.connectionguard.neighbours.Visit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for jobs that requests enqueue, which is by connections and transactions of
 * JobRunr's own.
 */
class JobRunrTests extends NeighbourTests {

	private static final String LINES = "SELECT name FROM line ORDER BY name";

	JobRunrTests() {
		super(Neighbour.web(JobRunrApplication.class)
			.packages("org.jobrunr.spring.autoconfigure")
			.properties("jobrunr.job-scheduler.enabled=true", "jobrunr.background-job-server.enabled=true",
					"jobrunr.background-job-server.poll-interval-in-seconds=5",
					"jobrunr.background-job-server.worker-count=2",
					"jobrunr.miscellaneous.allow-anonymous-data-usage=false",
					"spring.sql.init.schema-locations=classpath:line.sql"));
	}

	@Override
	protected List<Case> cases() {
		return List.of(new Case("jobs are enqueued and run", JobRunrTests::enqueue).differs(
				"Bare writes of a request that fails are undone",
				List.of("others see [a, after b, after c, b, before b, before c, by nobody's request, c] by " + LINES),
				List.of("others see [a, after b, b, before b, before c, by nobody's request, c] by " + LINES)));
	}

	private static void enqueue(Visit visit) throws Exception {
		visit.bean(JobRunrApplication.JobController.class).enqueue("by nobody's request");
		visit.post("/enqueue", "name=a");
		visit.post("/write-and-enqueue", "name=b");
		assertThat(visit.post("/write-and-enqueue-and-fail", "name=c").status()).isEqualTo(500);
		visit.await(() -> visit.others().queryForList(LINES, String.class).containsAll(List.of("a", "b", "c")));
		visit.rows(LINES);
		visit.await(
				() -> visit.others().queryForList("SELECT id FROM jobrunr_jobs WHERE state <> 'SUCCEEDED'").isEmpty());
		visit.rows("SELECT state FROM jobrunr_jobs");
	}

}
