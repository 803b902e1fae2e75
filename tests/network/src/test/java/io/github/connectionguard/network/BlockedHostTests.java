package io.github.connectionguard.network;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

import io.github.connectionguard.network.application.Application;
import io.github.connectionguard.network.application.Writes;
import io.github.connectionguard.network.site.Both;
import io.github.connectionguard.network.site.Figures;
import io.github.connectionguard.network.site.Site;
import io.github.connectionguard.network.site.SitePlan;
import io.github.connectionguard.testsupport.network.Network;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a server that blocks the applications' hosts after interrupted handshakes,
 * which were not theirs, and lets nobody in from there until it is told to forget them.
 */
@Tag("network")
class BlockedHostTests {

	private static final int ERROR = 0xff;

	private static final int HOST_IS_BLOCKED = 1129; // ER_HOST_IS_BLOCKED

	private static final int WORKERS = 4;

	private static final Duration A_MINUTE = Duration.ofSeconds(60);

	/**
	 * HikariCP's own longest pause, which may just have begun.
	 */
	private static final Duration PAUSE = Duration.ofSeconds(5);

	@Test
	void isToldOnceAndAskedSeldomUntilItForgets() throws Exception {
		SitePlan plan = SitePlan.of("blocked").withServerOptions(List.of("--max-connect-errors=5"));
		try (Site site = plan.open(); Figures figures = new Figures("host blocked")) {
			site.applications().map((application) -> block(site, application));
			Both<Writes> kept = site.applications().map((application) -> application.write(Site.POOL_SIZE));
			figures.notMore("failed writes on connections that were open", kept.map(Writes::await).map(Writes::failed));
			endSessions(site);
			site.forgetConnects();
			Both<Application.Traffic> traffic = site.applications()
				.map((application) -> application.traffic(WORKERS, 50));
			site.pass(Duration.ofSeconds(20));
			figures.notMore("connects in 20 s", site.connects());
			checkLog(site.applications().guarded().log("Logins are refused"));
			site.execute("TRUNCATE TABLE performance_schema.host_cache");
			long forgotten = System.nanoTime();
			traffic.map((those) -> awaitSuccess(those.writes(), forgotten));
			Both<Writes> writes = traffic.map(Application.Traffic::stop);
			figures.notLonger("first success", writes.map((those) -> those.firstSuccessAfter(forgotten)), PAUSE);
			figures.notMore("failed writes", writes.map(Writes::failed));
			figures.notMore("acknowledged and lost", site.lost(writes));
		}
	}

	private static void checkLog(List<String> told) {
		assertThat(told).singleElement()
			.asString()
			.contains("the server has blocked this host", "TRUNCATE TABLE performance_schema.host_cache");
	}

	/**
	 * Begins logins and leaves them, until the server has enough of them.
	 */
	private static boolean block(Site site, Application application) {
		await().atMost(A_MINUTE)
			.pollInterval(Duration.ofMillis(10))
			.until(() -> application.client().call(() -> isBlocked(site.server().port())));
		return true;
	}

	private static boolean isBlocked(int port) throws IOException {
		try (Socket socket = new Socket(Network.SERVER, port);
				DataInputStream answer = new DataInputStream(socket.getInputStream())) {
			answer.skipNBytes(4);
			return answer.read() == ERROR
					&& Short.toUnsignedInt(Short.reverseBytes(answer.readShort())) == HOST_IS_BLOCKED;
		}
	}

	/**
	 * Some may end by themselves meanwhile.
	 */
	private static void endSessions(Site site) {
		await().atMost(A_MINUTE).ignoreExceptions().until(() -> {
			List<Long> sessions = site.query("SELECT processlist_id FROM performance_schema.threads"
					+ " WHERE processlist_host IN ('first.client', 'second.client')");
			sessions.forEach((session) -> site.execute("KILL " + session));
			return sessions.isEmpty();
		});
	}

	private static boolean awaitSuccess(Writes writes, long moment) {
		await().atMost(A_MINUTE).until(() -> writes.firstSuccessAfter(moment).compareTo(A_MINUTE) <= 0);
		return true;
	}

}
