package io.github.connectionguard.requests;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.github.connectionguard.hikari.GuardedPools;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests that do not give back a connection they have borrowed.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
class LeakTests extends RequestTests {

	private static final int REQUESTS = 40;

	private static final int POOL = 8;

	private static final String TOLD = "A session ended without giving back a connection it had borrowed";

	private static final String TOLD_WITH_ITS_PLACE = TOLD
			+ "; its transaction was ended and it was taken out of the pool. Told once for each place:";

	LeakTests() {
		super("unit");
	}

	/**
	 * Each leak costs a login, and HikariCP makes one after the other.
	 */
	@Override
	int connectionTimeout() {
		return 20_000;
	}

	@Test
	void leaksAreMadeGood(CapturedOutput output) throws Exception {
		leaksAreMadeGood("unit", output);
	}

	@ParameterizedTest
	@ValueSource(strings = { "transaction", "backstop" })
	@Tag("slow")
	void leaksAreMadeGoodInOtherModes(String mode, CapturedOutput output) throws Exception {
		leaksAreMadeGood(mode, output);
	}

	private void leaksAreMadeGood(String mode, CapturedOutput output) throws Exception {
		try (RequestsApp app = start(mode, POOL)) {
			for (int i = 0; i < REQUESTS; i++) {
				assertThat(app.get("/rows/raw-open").statusCode()).isEqualTo(200);
			}
			assertNoneIsOut(app);
			assertThat(rows()).hasSize(REQUESTS);
			for (int i = 0; i < REQUESTS; i++) {
				assertThat(app.get("/rows/raw-open-then-throw").statusCode()).isEqualTo(500);
			}
			leakAtOnce(app);
			assertNoneIsOut(app);
			assertThat(rows()).hasSize(2 * REQUESTS);
			assertToldOnce(output, "RowController.rawOpen");
			assertThat(output).doesNotContain("Connection is not available");
			assertThat(app.bean(GuardedPools.class).pools()).singleElement()
				.extracting((pool) -> pool.leases().leaks())
				.isEqualTo(3L * REQUESTS);
		}
	}

	private static void leakAtOnce(RequestsApp app) throws Exception {
		List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
		for (int i = 0; i < REQUESTS; i++) {
			responses.add(app.getLater("/rows/raw-open", HttpResponse.BodyHandlers.ofString()));
		}
		for (CompletableFuture<HttpResponse<String>> response : responses) {
			assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void leakWhoseCommitFailsFailsTheRequest() throws Exception {
		assertThat(get("/rows/raw-open-and-killed").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
		assertNoneIsOut(application());
	}

	@Test
	void eachPlaceIsToldOnce(CapturedOutput output) throws Exception {
		try (RequestsApp app = start("unit", POOL)) {
			for (int i = 0; i < POOL; i++) {
				app.get("/rows/leak");
				app.get("/rows/raw-open");
			}
			assertNoneIsOut(app);
			assertThat(count(output, TOLD_WITH_ITS_PLACE)).isEqualTo(2);
			assertThat(output).contains("RowController.leak(").contains("RowController.rawOpen(");
		}
	}

	@Test
	void deadConnectionThatIsGivenBackIsNoLeak(CapturedOutput output) throws Exception {
		gate().open();
		for (int i = 0; i < 20; i++) {
			assertThat(get("/sending/handler/FLUSH_BUFFER?killed=true").statusCode()).isEqualTo(500);
		}
		assertThat(output).doesNotContain(TOLD);
	}

	private static void assertToldOnce(CapturedOutput output, String place) {
		assertThat(count(output, TOLD_WITH_ITS_PLACE)).isOne();
		assertThat(count(output, TOLD)).isEqualTo(2);
		assertThat(output.getAll().substring(output.getAll().indexOf(TOLD_WITH_ITS_PLACE))).contains(place + "(");
	}

	private static int count(CapturedOutput output, String text) {
		return output.getAll().split(text, -1).length - 1;
	}

	private static void assertNoneIsOut(RequestsApp app) {
		HikariPoolMXBean pool = app.bean(HikariDataSource.class).getHikariPoolMXBean();
		Awaitility.await().until(() -> pool.getActiveConnections() == 0);
	}

	private Gate gate() {
		return application().bean(Gate.class);
	}

}
