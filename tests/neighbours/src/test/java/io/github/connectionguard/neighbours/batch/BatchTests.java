package io.github.connectionguard.neighbours.batch;

import java.util.List;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.neighbours.NeighbourTests;
import io.github.connectionguard.neighbours.Visit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for jobs that run in a request, and without one.
 */
class BatchTests extends NeighbourTests {

	private static final String LINES = "SELECT name FROM line ORDER BY id";

	private static final String EXECUTIONS = "SELECT JOB_INSTANCE_ID, e.STATUS, s.STATUS, READ_COUNT, WRITE_COUNT, "
			+ "COMMIT_COUNT, ROLLBACK_COUNT FROM BATCH_JOB_EXECUTION e JOIN BATCH_STEP_EXECUTION s "
			+ "ON s.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID ORDER BY e.JOB_EXECUTION_ID";

	BatchTests() {
		super(Neighbour.web(BatchApplication.class)
			.packages("org.springframework.boot.batch")
			.properties("spring.batch.jdbc.initialize-schema=always", "spring.batch.job.enabled=false",
					"spring.sql.init.schema-locations=classpath:batch.sql"));
	}

	@Override
	protected List<Case> cases() {
		return List.of(new Case("a job runs", BatchTests::run),
				new Case("a job fails and starts again", BatchTests::fail),
				new Case("a job runs in a request", BatchTests::request),
				new Case("a job fails and starts again in a request", BatchTests::failInARequest),
				new Case("a job runs between rows of its request", BatchTests::writeAndRun),
				new Case("a job runs in a request that fails later", BatchTests::runAndFail));
	}

	private static void run(Visit visit) throws Exception {
		visit.tell(visit.bean(BatchApplication.Jobs.class).run(1).toString().replaceFirst(".*status=(\\w+),.*", "$1"));
		copied(visit);
	}

	private static void fail(Visit visit) throws Exception {
		visit.bean(BatchApplication.Copies.class).setBroken(true);
		assertThat(visit.bean(BatchApplication.Jobs.class).run(2).getExitStatus().getExitCode()).isEqualTo("FAILED");
		assertThat(visit.rows(LINES)).containsExactly("a", "b");
		visit.bean(BatchApplication.Copies.class).setBroken(false);
		visit.bean(BatchApplication.Jobs.class).run(2);
		copied(visit);
	}

	private static void request(Visit visit) throws Exception {
		assertThat(visit.post("/run", "number=3").body()).isEqualTo("COMPLETED");
		copied(visit);
	}

	private static void failInARequest(Visit visit) throws Exception {
		visit.bean(BatchApplication.Copies.class).setBroken(true);
		assertThat(visit.post("/run", "number=4").body()).isEqualTo("FAILED");
		assertThat(visit.rows(LINES)).containsExactly("a", "b");
		visit.bean(BatchApplication.Copies.class).setBroken(false);
		visit.post("/run", "number=4");
		copied(visit);
	}

	private static void writeAndRun(Visit visit) throws Exception {
		visit.post("/write-and-run", "number=5");
		assertThat(visit.rows(LINES)).containsExactly("before", "a", "b", "c", "d", "e", "after");
		clear(visit);
	}

	private static void runAndFail(Visit visit) throws Exception {
		assertThat(visit.post("/run-and-fail", "number=6").status()).isEqualTo(500);
		copied(visit);
	}

	private static void copied(Visit visit) {
		assertThat(visit.rows(LINES)).containsExactly("a", "b", "c", "d", "e");
		visit.rows(EXECUTIONS);
		clear(visit);
	}

	private static void clear(Visit visit) {
		visit.others().update("DELETE FROM line");
	}

}
