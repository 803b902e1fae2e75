package io.github.connectionguard.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.connectionguard.event.PoolCounts;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a server is asked whose pools have nothing to do.
 */
@Tag("extended")
@Tag("timed")
class QuietPoolTests {

	private static final String SOON = "connection-guard.validation.ping-after=300ms";

	private static final Duration A_MINUTE = Duration.ofMinutes(1);

	private static final int SEVERAL = 6;

	@Test
	void serverIsPingedOnAConnectionThatIsThereInPlaceOfALogin() {
		try (Requests requests = Requests.to(TestServer.shared(), SOON)) {
			Awaitility.await().until(() -> requests.pool().snapshot().idle() == Requests.POOL);
			PoolCounts counts = requests.pool().events().counts();
			long logins = counts.logins().count();
			long pings = counts.pings(true).count();
			Awaitility.await().atMost(A_MINUTE).until(() -> counts.pings(true).count() >= pings + SEVERAL);
			assertThat(counts.logins().count() - logins).isLessThan(SEVERAL / 2); // for
																					// late
																					// ones
		}
	}

	@Test
	void serverIsAskedByALoginWhereAllConnectionsAreInUse() throws SQLException {
		try (Requests requests = Requests.to(TestServer.shared(), SOON)) {
			PoolCounts counts = requests.pool().events().counts();
			List<Connection> held = new ArrayList<>();
			for (int i = 0; i < Requests.POOL; i++) {
				held.add(requests.dataSource().getConnection());
			}
			long logins = counts.logins().count();
			Awaitility.await().atMost(A_MINUTE).until(() -> counts.logins().count() > logins);
			for (Connection connection : held) {
				connection.close();
			}
		}
	}

}
