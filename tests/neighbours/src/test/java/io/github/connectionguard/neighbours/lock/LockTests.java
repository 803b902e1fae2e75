package io.github.connectionguard.neighbours.lock;

import java.util.List;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.neighbours.NeighbourTests;
import io.github.connectionguard.neighbours.Visit;

import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.integration.support.locks.DistributedLock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for locks by Spring Integration and by ShedLock.
 */
class LockTests extends NeighbourTests {

	private static final String LINES = "SELECT name FROM line ORDER BY id";

	private static final String REGISTRY = "SELECT COUNT(*) FROM INT_LOCK";

	private static final String SHEDLOCK = "SELECT name, lock_until > NOW(3) FROM shedlock";

	LockTests() {
		super(Neighbour.web(LockApplication.class).properties("spring.sql.init.schema-locations=classpath:lock.sql"));
	}

	@Override
	protected List<Case> cases() {
		return List.of(new Case("a lock is taken and given back", LockTests::lock),
				new Case("a locked method is called", LockTests::call),
				new Case("a request takes its turn", (visit) -> turn(visit, "/registry", "false", REGISTRY)),
				new Case("a request waits for another one's turn", LockTests::contend),
				new Case("a request fails in its turn", (visit) -> turn(visit, "/registry", "true", REGISTRY)),
				new Case("a request takes its turn by ShedLock",
						(visit) -> turn(visit, "/shedlock", "false", SHEDLOCK)),
				new Case("a request meets another one's turn by ShedLock", LockTests::contendShedlock),
				new Case("a request fails in its turn by ShedLock",
						(visit) -> turn(visit, "/shedlock", "true", SHEDLOCK)),
				new Case("a request calls a locked method", (visit) -> turn(visit, "/annotated", "", SHEDLOCK)));
	}

	private static void lock(Visit visit) throws Exception {
		clear(visit);
		DistributedLock lock = visit.bean(JdbcLockRegistry.class).obtain("turn");
		lock.lock();
		assertThat(visit.rows(REGISTRY)).containsExactly("1");
		lock.unlock();
		assertThat(visit.rows(REGISTRY)).containsExactly("0");
	}

	private static void call(Visit visit) {
		clear(visit);
		visit.bean(TurnService.class).take();
		assertThat(visit.rows(LINES)).containsExactly("taken");
		assertThat(visit.rows(SHEDLOCK)).containsExactly("turn 0");
	}

	private static void turn(Visit visit, String path, String fails, String locks) throws Exception {
		clear(visit);
		visit.post(path, "fails=" + fails);
		visit.rows(LINES);
		visit.rows(locks);
	}

	private static void contend(Visit visit) throws Exception {
		clear(visit);
		DistributedLock lock = visit.bean(JdbcLockRegistry.class).obtain("turn");
		lock.lock();
		assertThat(visit.post("/registry", "fails=false").body()).isEqualTo("not now");
		lock.unlock();
		visit.rows(LINES);
	}

	private static void contendShedlock(Visit visit) throws Exception {
		clear(visit);
		visit.others().update("REPLACE INTO shedlock VALUES ('turn', NOW(3) + INTERVAL 1 HOUR, NOW(3), 'another')");
		visit.post("/shedlock", "fails=false");
		assertThat(visit.rows(LINES)).containsExactly("before", "after");
		visit.others().update("UPDATE shedlock SET lock_until = NOW(3)");
	}

	private static void clear(Visit visit) {
		visit.others().update("DELETE FROM line");
	}

}
