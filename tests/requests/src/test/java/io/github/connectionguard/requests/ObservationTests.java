package io.github.connectionguard.requests;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.connectionguard.testsupport.TestServer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what a request meets is an event of its observation.
 */
class ObservationTests {

	private final TestServer server = TestServer.shared();

	private final RequestsApp app = RequestsApp.startWith(Observing.class, this.server, this.server.createDatabase());

	@AfterEach
	void close() {
		this.app.close();
	}

	@Test
	void rollbackIsAnEventOfTheRequest() throws Exception {
		assertThat(eventsOf("/rows/unchecked"))
			.containsExactly("http.server.requests session.rolled.back session rolled back: exception");
	}

	/**
	 * Now and then, a thread of the guard's comes upon a loss before the request does.
	 */
	@Test
	void connectionThatIsLostUnderARequestIsAnEventOfThat() {
		Awaitility.await()
			.untilAsserted(() -> assertThat(eventsOf("/rows/die-then-repeat"))
				.anyMatch((event) -> event.startsWith("http.server.requests connection.lost connection lost: ")));
	}

	@Test
	void commitIsNoEvent() throws Exception {
		assertThat(eventsOf("/rows/ok")).isEmpty();
	}

	private List<String> eventsOf(String path) throws Exception {
		Observing observing = this.app.bean(Observing.class);
		observing.events.clear();
		this.app.get(path);
		return List.copyOf(observing.events);
	}

	/**
	 * Writes the events of observations down.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	static class Observing {

		private final Queue<String> events = new ConcurrentLinkedQueue<>();

		@Bean
		ObservationHandler<Observation.Context> eventHandler() {
			return new ObservationHandler<>() {

				@Override
				public void onEvent(Observation.Event event, Observation.Context context) {
					Observing.this.events
						.add("%s %s %s".formatted(context.getName(), event.getName(), event.getContextualName()));
				}

				@Override
				public boolean supportsContext(Observation.Context context) {
					return true;
				}

			};
		}

	}

}
