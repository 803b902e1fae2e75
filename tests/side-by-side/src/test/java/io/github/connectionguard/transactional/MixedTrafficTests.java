package io.github.connectionguard.transactional;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.connectionguard.sidebyside.RequestStep;
import io.github.connectionguard.sidebyside.Starter;
import io.github.connectionguard.testsupport.TestServer;
import io.github.connectionguard.transactional.TransactionalCase.Handler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the statements the server sees of requests of all kinds, one after the other
 * on the same connection, as it counts them.
 */
@Tag("extended")
class MixedTrafficTests {

	private static final int SEEDS = 10;

	private static final int REQUESTS = 100;

	/**
	 * All kinds of requests that write nothing outside of a transaction.
	 */
	private static final List<Handler> KINDS = List.of((request) -> {
	}, MixedTrafficTests::read, (request) -> {
		read(request);
		read(request);
	}, (request) -> request.services().required(() -> read(request)),
			(request) -> request.services().required(() -> write(request)),
			(request) -> request.services().required(() -> {
			}), (request) -> request.services().readOnly(() -> read(request)),
			(request) -> request.services().readOnly(() -> read(request)),
			(request) -> request.services().readOnly(() -> {
			}), (request) -> request.services().readCommitted(() -> read(request)),
			(request) -> request.services().readCommitted(() -> write(request)),
			(request) -> request.services().serializable(() -> read(request)),
			(request) -> request.services().repeatableRead(() -> write(request)),
			(request) -> request.services().supportsReadOnly(() -> read(request)),
			(request) -> request.services().notSupported(() -> read(request)), (request) -> {
				read(request);
				request.services().required(() -> write(request));
				request.services().readOnly(() -> read(request));
			}, (request) -> {
				request.services().readOnly(() -> read(request));
				request.services().readOnly(() -> read(request));
				read(request);
			}, (request) -> failing(() -> request.services().required(() -> {
				write(request);
				throw new IllegalStateException("rolled back");
			})));

	@Test
	void noSequenceWithoutBareWritesNeedsMoreStatementsWithTheStarter() throws Exception {
		try (TestServer server = TestServer.start();
				TransactionalApp without = TransactionalApp.start(server, Starter.ABSENT, 1);
				TransactionalApp with = TransactionalApp.start(server, Starter.PRESENT, 1)) {
			for (int seed = 0; seed < SEEDS; seed++) {
				List<Handler> requests = new Random(seed).ints(REQUESTS, 0, KINDS.size()).mapToObj(KINDS::get).toList();
				long least = statements(without, requests);
				assertThat(statements(with, requests)).as("seed %d", seed).isLessThanOrEqualTo(least);
			}
		}
	}

	@Test
	void bareWriteTakesTwoStatementsAndFourAmongReads() throws Exception {
		Handler write = MixedTrafficTests::write;
		List<Handler> tenth = Stream
			.concat(Stream.of(write), Stream.<Handler>generate(() -> MixedTrafficTests::read).limit(9))
			.toList();
		try (TestServer server = TestServer.start();
				TransactionalApp with = TransactionalApp.start(server, Starter.PRESENT, 1)) {
			statements(with, List.of(write));
			assertThat(statements(with, times(50, List.of(write)))).isEqualTo(2 * 50);
			statements(with, List.of(MixedTrafficTests::read));
			assertThat(statements(with, times(10, tenth))).isEqualTo(90 + 4 * 10);
		}
	}

	private static List<Handler> times(int times, List<Handler> requests) {
		return IntStream.range(0, times).boxed().flatMap((number) -> requests.stream()).toList();
	}

	private static long statements(TransactionalApp app, List<Handler> requests) throws Exception {
		app.fillPools();
		long before = app.statements();
		app.transcriptOf(requests);
		return app.statements() - before;
	}

	private static void read(TransactionalRequest request) {
		request.jdbc().queryForList("SELECT name FROM line");
	}

	private static void write(TransactionalRequest request) {
		request.jdbc().update("INSERT INTO line (name) VALUES (UUID())");
	}

	private static void failing(RequestStep step) {
		step.outcome("it");
	}

}
