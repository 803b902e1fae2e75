package io.github.connectionguard.watch;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.connectionguard.driver.ChannelSocketFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests {@link ChecksUnderWay}.
 */
class ChecksUnderWayTests {

	/**
	 * Nothing listens on the port.
	 */
	private static final String NOBODY = "jdbc:mysql://127.0.0.1:1/?socketFactory="
			+ ChannelSocketFactory.class.getName();

	private static final int LOGINS = 50;

	/**
	 * A login has no socket until the driver has made one, which may be while somebody
	 * asks what is under way.
	 */
	@Test
	void onlyLoginUnderWayIsNotGivenUpWhileItsSocketIsMade() throws InterruptedException {
		for (int i = 0; i < LOGINS; i++) {
			ChecksUnderWay underWay = new ChecksUnderWay();
			Check check = new Check(System.nanoTime());
			underWay.add(check);
			AtomicBoolean ended = new AtomicBoolean();
			Thread login = new Thread(() -> {
				assertThatExceptionOfType(SQLException.class)
					.isThrownBy(() -> check.attempt().run(() -> DriverManager.getConnection(NOBODY)));
				ended.set(true);
			});
			login.start();
			while (!ended.get()) {
				underWay.logins();
			}
			login.join();
			assertThat(underWay.remove(check)).isTrue();
			assertThat(check.attempt().isAbandoned()).isFalse();
		}
	}

}
