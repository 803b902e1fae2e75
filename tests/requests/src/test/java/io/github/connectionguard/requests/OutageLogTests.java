package io.github.connectionguard.requests;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how much the guard logs in an outage under traffic.
 */
@Tag("slow")
class OutageLogTests {

	private static final Duration REQUEST_EVERY = Duration.ofMillis(100);

	private static final int MOST_LINES = 5;

	private final TestServer shared = TestServer.shared();

	/**
	 * What the guard tells of an outage it tells when something changes, or once a minute
	 * for each cause of a death, and no pause of the outage's own is longer than some
	 * seconds. So what would be told again and again in a long outage is told again
	 * within a minute, and an outage of ten minutes has the lines of this one.
	 */
	@Test
	void outageIsToldInFiveLinesHoweverLongItLasts() throws Exception {
		ScheduledExecutorService clients = Executors.newSingleThreadScheduledExecutor();
		Lines lines = new Lines();
		try (TestServer server = TestServer.start();
				TcpHop hop = TcpHop.to(this.shared.port());
				RequestsApp away = start("away", server.jdbcUrl(server.createDatabase()), server);
				RequestsApp silent = start("silent", this.shared.jdbcUrl(this.shared.createDatabase(), hop),
						this.shared)) {
			lines.start();
			for (RequestsApp app : List.of(away, silent)) {
				clients.scheduleAtFixedRate(() -> app.getLater("/rows/read", HttpResponse.BodyHandlers.discarding()), 0,
						REQUEST_EVERY.toMillis(), TimeUnit.MILLISECONDS);
			}
			awaitWell(away);
			awaitWell(silent);
			assertThat(lines.all()).isEmpty();

			server.stop();
			hop.silence();
			pass(Duration.ofSeconds(20));
			List<String> early = lines.all();
			assertThat(early).anyMatch((line) -> line.startsWith("away - The server cannot be reached"))
				.anyMatch((line) -> line.startsWith("silent - The server cannot be reached"));
			pass(Duration.ofSeconds(60));
			assertThat(lines.all()).isEqualTo(early);

			server.startAgain();
			hop.restore();
			Awaitility.await()
				.atMost(Duration.ofSeconds(40))
				.until(() -> lines.all().stream().filter((line) -> line.contains("answers again")).count() == 2);
			awaitWell(away);
			awaitWell(silent);
			assertThat(lines.all().stream().filter((line) -> !line.startsWith("silent - "))).hasSizeBetween(2,
					MOST_LINES);
			assertThat(lines.all().stream().filter((line) -> !line.startsWith("away - "))).hasSizeBetween(2,
					MOST_LINES);
		}
		finally {
			clients.shutdownNow();
			lines.end();
		}
	}

	private static RequestsApp start(String pool, String url, TestServer server) {
		return RequestsApp.startWithUrl(url, server, "spring.datasource.hikari.pool-name=" + pool,
				"spring.datasource.hikari.connection-timeout=2000", "logging.level.org.apache.catalina.core=off",
				"server.shutdown=immediate");
	}

	private static void awaitWell(RequestsApp app) {
		Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> app.get("/rows/read").statusCode() == 200);
	}

	private static void pass(Duration time) {
		Awaitility.await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
	}

	/**
	 * What the guard, and nobody else, has logged.
	 */
	private static final class Lines extends AppenderBase<ILoggingEvent> {

		private static final String GUARD = "io.github.connectionguard";

		private static final String TESTS = Lines.class.getPackageName();

		private final List<String> lines = new CopyOnWriteArrayList<>();

		@Override
		public void start() {
			setContext(logger().getLoggerContext());
			super.start();
			logger().addAppender(this);
		}

		void end() {
			logger().detachAppender(this);
			stop();
		}

		private static Logger logger() {
			return (Logger) LoggerFactory.getLogger(GUARD);
		}

		@Override
		protected void append(ILoggingEvent event) {
			if (!event.getLoggerName().startsWith(TESTS)) {
				this.lines.add(event.getFormattedMessage());
			}
		}

		List<String> all() {
			return List.copyOf(this.lines);
		}

	}

}
