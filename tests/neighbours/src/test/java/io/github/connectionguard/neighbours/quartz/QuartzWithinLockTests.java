package io.github.connectionguard.neighbours.quartz;

import java.util.List;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.neighbours.NeighbourTests;
import io.github.connectionguard.neighbours.Visit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a scheduler that looks for triggers under its lock, so that it waits for
 * requests that have scheduled something and not ended.
 */
class QuartzWithinLockTests extends NeighbourTests {

	QuartzWithinLockTests() {
		super(Neighbour.web(QuartzApplication.class)
			.packages("org.springframework.boot.quartz")
			.properties("spring.quartz.job-store-type=jdbc", "spring.quartz.jdbc.initialize-schema=always",
					"spring.quartz.properties.org.quartz.jobStore.acquireTriggersWithinLock=true",
					"spring.quartz.properties.org.quartz.threadPool.threadCount=2",
					"spring.sql.init.schema-locations=classpath:line.sql"));
	}

	@Override
	protected List<Case> cases() {
		return List.of(new Case("a job runs at once when its request has ended", QuartzWithinLockTests::schedule));
	}

	/**
	 * By itself the scheduler looks for triggers every 30 seconds.
	 */
	private static void schedule(Visit visit) throws Exception {
		assertThat(visit.post("/schedule", "name=a").status()).isEqualTo(200);
		visit.awaitRows("SELECT name FROM line", "a");
	}

}
