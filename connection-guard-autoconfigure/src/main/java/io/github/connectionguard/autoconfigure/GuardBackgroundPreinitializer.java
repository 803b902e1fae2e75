package io.github.connectionguard.autoconfigure;

import java.util.Map;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.session.Outcome;
import io.github.connectionguard.session.RequestSession;
import io.github.connectionguard.session.RollbackPolicy;
import io.github.connectionguard.session.SessionBeans;
import io.github.connectionguard.session.SessionMode;
import io.github.connectionguard.session.SessionSettings;
import io.github.connectionguard.session.Sessions;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * Does beside the start of an application what the guard is about to do in it, so that
 * its classes are there by then: puts a pool under guard, which never starts, and has a
 * session on it, which does nothing. Where there are several processors, Spring Boot runs
 * it on a thread of its own, and ignores whatever it throws, as for want of HikariCP.
 */
final class GuardBackgroundPreinitializer implements BackgroundPreinitializer {

	@Override
	public void preinitialize() {
		GuardedPools pools = new ConnectionGuardAutoConfiguration.CareConfiguration()
			.connectionGuardPoolCare(new ConnectionGuardProperties(), new StandardEnvironment())
			.pools();
		SessionRehearsal.on(pools, pools.rehearse());
	}

	/**
	 * Has a session. Apart, as its classes need Spring's transactions, without which the
	 * class around it is loaded as well.
	 */
	private static final class SessionRehearsal {

		private SessionRehearsal() {
		}

		/**
		 * Have a session, of whose mode nobody is told, as requests seem to have none.
		 */
		static void on(GuardedPools pools, DataSource pool) {
			SessionSettings settings = new SessionSettings(SessionMode.UNIT, true, null, false);
			RequestSession session = new Sessions(settings, pools,
					() -> new SessionBeans(new DataSourceTransactionManager(pool), false, true, Stream::empty,
							Map.of()),
					RollbackPolicy.STANDARD)
				.begin();
			if (session != null) {
				session.end(Outcome.NO_STATUS, false);
			}
		}

	}

}
