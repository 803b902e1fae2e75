package io.github.connectionguard.differential;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.differential.Observation.State;
import io.github.connectionguard.testsupport.TestServer;

/**
 * The plain side and the guarded one of a set-up, on which programs run in step.
 */
final class Sides implements AutoCloseable {

	/**
	 * How many rows a program may write.
	 */
	private static final int ROWS = 1000;

	/**
	 * How long others have to see the same before it is believed.
	 */
	private static final Duration SETTLING = Duration.ofMillis(100);

	private final Setup setup;

	private final Subject plain;

	private final Subject guarded;

	private final PoolGuardingApplication application;

	private int firstRow = 1;

	private Sides(TestServer server, Setup setup) throws SQLException {
		this.setup = setup;
		Tables plainTables = new Tables(server);
		Tables guardedTables = new Tables(server);
		HikariDataSource plainPool = setup.pool(server, plainTables.database());
		HikariDataSource guardedPool = setup.pool(server, guardedTables.database());
		this.application = new PoolGuardingApplication(guardedPool);
		this.plain = new Subject(plainTables, plainPool, () -> {
		});
		this.guarded = new Subject(guardedTables, guardedPool, this.application::keepAlive);
	}

	/**
	 * Open both sides. One set-up after the other: logging is set up for all applications
	 * of a process, and HikariCP reads properties of the process when it starts a pool.
	 */
	static synchronized Sides open(TestServer server, Setup setup) throws SQLException {
		Sides sides = new Sides(server, setup);
		sides.renew();
		return sides;
	}

	/**
	 * Run a program on connections as earlier programs left them.
	 * @return the first difference, if there is one
	 */
	Optional<Difference> run(Program program) throws SQLException {
		begin();
		List<Step> made = new ArrayList<>();
		List<Observation> transcript = new ArrayList<>();
		for (Step step : program.steps()) {
			made.add(step);
			Observation expected = this.plain.make(step);
			Observation found = this.guarded.make(step);
			if (found.differsForOthersAlone(expected)) {
				expected = settled(this.plain, expected);
				found = settled(this.guarded, found);
			}
			if (!found.equals(expected)) {
				if (AllowedDifference.of(this.setup, made, before(transcript), expected, found).isEmpty()) {
					return Optional.of(new Difference(new Program(made), transcript, expected, found));
				}
				renew();
				if (!found.rows().equals(expected.rows())) {
					return Optional.empty(); // what follows would stand on other rows
				}
				this.plain.borrow();
				this.guarded.borrow();
			}
			transcript.add(expected);
		}
		return Optional.empty();
	}

	/**
	 * Run a program on new connections.
	 * @return the first difference, if there is one
	 */
	Optional<Difference> runAnew(Program program) throws SQLException {
		renew();
		return run(program);
	}

	private void begin() throws SQLException {
		this.firstRow += ROWS;
		this.plain.begin(this.firstRow);
		this.guarded.begin(this.firstRow);
	}

	/**
	 * Replace the connections of both sides.
	 */
	void renew() throws SQLException {
		this.plain.discard();
		this.guarded.discard();
	}

	private static State before(List<Observation> transcript) {
		return transcript.isEmpty() ? State.OPEN : transcript.get(transcript.size() - 1).state();
	}

	/**
	 * Look again until nothing has changed for a moment: a connection that is closed goes
	 * on ending at the server, and so does a call whose first result is there.
	 */
	private static Observation settled(Subject subject, Observation seen) throws SQLException {
		Observation last = seen;
		long changed = System.nanoTime();
		while (true) {
			long looked = System.nanoTime();
			Observation next = subject.again(last);
			if (!next.equals(last)) {
				changed = System.nanoTime();
				last = next;
			}
			else if (looked - changed >= SETTLING.toNanos()) {
				return last;
			}
		}
	}

	@Override
	public void close() throws SQLException {
		this.plain.close();
		this.guarded.close();
		this.application.close();
	}

}
