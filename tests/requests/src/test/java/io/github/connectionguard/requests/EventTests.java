package io.github.connectionguard.requests;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for events that are sent for as long as a minute.
 */
@Tag("slow")
class EventTests extends RequestTests {

	EventTests() {
		super("unit");
	}

	@Test
	void eventsOfAMinuteHoldNoConnection() throws Exception {
		try (RequestsApp app = start("unit", 1)) {
			app.bean(Gate.class).close();
			CompletableFuture<HttpResponse<String>> events = app.getLater("/async/events",
					HttpResponse.BodyHandlers.ofString());
			Awaitility.await().until(() -> !rows().isEmpty() && active(app) == 0);
			long begin = System.nanoTime();
			Awaitility.await().pollInterval(Duration.ofMillis(200)).atMost(Duration.ofSeconds(75)).until(() -> {
				assertThat(active(app)).isZero();
				assertThat(app.get("/rows/ok").statusCode()).isEqualTo(200);
				return events.isDone();
			});
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(58),
					Duration.ofSeconds(70));
			assertThat(events.get().body().lines()).filteredOn("data:event"::equals).hasSizeGreaterThan(400);
		}
	}

	private static int active(RequestsApp app) {
		return app.bean(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections();
	}

}
