package io.github.connectionguard.fault;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.report.Loss;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is told of why connections were lost: of each {@link Fault}, done to
 * real servers, one cause with its numbers and what to do. What is a guess at first says
 * so, and is corrected.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
class ExplainedLossTests {

	private static TestServer server;

	@BeforeAll
	static void startServer() {
		server = TestServer.start();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@ParameterizedTest
	@MethodSource("fast")
	void causeIsTold(Fault fault, CapturedOutput output) throws SQLException {
		check(fault, output);
	}

	@ParameterizedTest
	@MethodSource("slow")
	@Tag("slow")
	void causeThatTakesLongIsTold(Fault fault, CapturedOutput output) throws SQLException {
		check(fault, output);
	}

	@Test
	void everyCauseHasAFaultButTheOneThatIsOnlyAGuess() {
		assertThat(Stream.of(LossCause.values()).filter((cause) -> cause != LossCause.LOST))
			.containsExactlyInAnyOrderElementsOf(Stream.of(Fault.values()).map(Fault::cause).distinct().toList());
	}

	static Stream<Fault> fast() {
		return Stream.of(Fault.values()).filter((fault) -> !fault.isSlow() && fault.isKnownTo(server));
	}

	static Stream<Fault> slow() {
		return Stream.of(Fault.values()).filter((fault) -> fault.isSlow() && fault.isKnownTo(server));
	}

	private static void check(Fault fault, CapturedOutput output) throws SQLException {
		try (Scene scene = new Scene(server)) {
			fault.strike(scene);
			try {
				Awaitility.await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertTold(scene, fault));
			}
			finally {
				fault.end(scene);
			}
			scene.events(GuardEvent.ConnectionLost.class).forEach(ExplainedLossTests::assertGuessSaysSo);
		}
		assertThat(output).contains(fault.sentence()).contains(fault.remedy());
	}

	/**
	 * Each connection that was lost has the cause in the end, and so does the last one as
	 * it is reported.
	 */
	private static void assertTold(Scene scene, Fault fault) {
		List<GuardEvent.ConnectionLost> lost = scene.events(GuardEvent.ConnectionLost.class);
		Map<String, GuardEvent.LossExplained> explained = scene.events(GuardEvent.LossExplained.class)
			.stream()
			.collect(Collectors.toMap(GuardEvent.LossExplained::connection, Function.identity()));
		assertThat(lost).isNotEmpty().allSatisfy((loss) -> {
			GuardEvent.LossExplained since = explained.get(loss.connection());
			assertTold(fault, (since != null) ? since.cause() : loss.cause(),
					(since != null) ? since.description() : loss.description());
		});
		Loss last = scene.requests().pool().report().lastLoss();
		assertThat(last).isNotNull();
		assertTold(fault, last.cause(), last.description());
	}

	private static void assertTold(Fault fault, LossCause cause, String description) {
		assertThat(cause).isEqualTo(fault.cause());
		assertThat(description).contains(fault.sentence())
			.doesNotContain(" or ")
			.matches(".*(idle|quiet in use) for \\d+\\.\\d s, \\d+\\.\\d s old");
		assertThat(String.valueOf(cause.remedy())).contains(fault.remedy().isEmpty() ? "null" : fault.remedy());
	}

	private static void assertGuessSaysSo(GuardEvent.ConnectionLost lost) {
		boolean guess = lost.cause() == LossCause.LOST || lost.cause() == LossCause.SILENT;
		assertThat(lost.description().endsWith("the server is asked why")).isEqualTo(guess);
	}

}
