package io.github.connectionguard.fault;

import java.sql.SQLException;
import java.time.Duration;

import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.util.Credentials;
import io.github.connectionguard.test.Traffic;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a server that is there and lets the application in no more.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("extended")
@Tag("timed")
class RefusedLoginTests {

	private static final String USER = "'guarded'@'%'";

	/**
	 * How often HikariCP tries in four seconds: its pauses double from 10 ms.
	 */
	private static final int POOLS_OWN = 10;

	private final TestServer server = TestServer.start();

	@BeforeEach
	void createUser() throws SQLException {
		this.server.execute("CREATE USER " + USER + " IDENTIFIED BY '" + this.server.password() + "'");
		this.server.execute("GRANT SELECT ON *.* TO " + USER);
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	@Test
	void refusalIsToldOnceWithWhatItMeans(CapturedOutput output) throws SQLException {
		try (Requests requests = Requests.to(this.server, "spring.datasource.username=guarded")) {
			this.server.execute("ALTER USER " + USER + " ACCOUNT LOCK");
			requests.replace();
			Awaitility.await()
				.untilAsserted(() -> assertThat(output)
					.contains("Logins are refused: the account is locked. Unlock it with ALTER USER"));
			Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
			assertThat(output.getAll().lines().filter((line) -> line.contains("Logins are refused"))).hasSize(1);
			assertThat(output).doesNotContain(this.server.password());
		}
	}

	/**
	 * MariaDB has no such mode. MySQL kills one session after the other: a client that
	 * has lost one may borrow another that is alive yet, and have that killed under it as
	 * well. So each session fails one request at most, and no refused login fails any.
	 */
	@Test
	void serverInOfflineModeIsWaitedFor() throws SQLException {
		if (this.server.isMariaDb()) {
			return;
		}
		try (Requests requests = Requests.to(this.server, "spring.datasource.username=guarded");
				Traffic traffic = Traffic.of(4, requests.statement("SELECT 1"))) {
			this.server.execute("SET GLOBAL offline_mode = ON");
			Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
			long back = System.nanoTime();
			this.server.execute("SET GLOBAL offline_mode = OFF");
			assertThat(traffic.firstSuccessAfter(back)).isLessThan(Duration.ofSeconds(1));
			traffic.goOn(100);
			assertThat(traffic.failures()).hasSizeLessThanOrEqualTo(Requests.POOL);
		}
	}

	/**
	 * A password that is changed on the server first, and then where the application has
	 * it from.
	 */
	@Test
	void rotatedPasswordIsAskedForAgain(CapturedOutput output) throws SQLException {
		RotatedCredentials.password = this.server.password();
		try (Requests requests = Requests.to(this.server,
				"spring.datasource.hikari.credentials-provider-class-name=" + RotatedCredentials.class.getName())) {
			this.server.execute("ALTER USER " + USER + " IDENTIFIED BY 'rotated'");
			long refused = this.server.status("Aborted_connects");
			requests.replace();
			Awaitility.await().untilAsserted(() -> assertThat(output).contains("Logins are refused"));
			Awaitility.await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
			assertThat(this.server.status("Aborted_connects") - refused).isBetween(1L, POOLS_OWN + 1L);
			RotatedCredentials.password = "rotated";
			Awaitility.await().until(() -> requests.pool().snapshot().idle() == Requests.POOL);
			assertThat(output.getAll().lines().filter((line) -> line.contains("Logins are refused"))).hasSize(1);
			assertThat(output).doesNotContain("rotated");
		}
	}

	/**
	 * Has the password from elsewhere.
	 */
	public static final class RotatedCredentials implements HikariCredentialsProvider {

		private static volatile String password = "";

		@Override
		public Credentials getCredentials() {
			return Credentials.of("guarded", password);
		}

	}

}
