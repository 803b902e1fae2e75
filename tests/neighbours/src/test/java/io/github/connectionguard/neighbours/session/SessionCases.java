package io.github.connectionguard.neighbours.session;

import java.util.List;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Visit;

import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is done with sessions, whenever they are written.
 */
final class SessionCases {

	private static final String LINES = "SELECT name FROM line";

	private static final String SESSIONS = "SELECT ATTRIBUTE_NAME, MAX_INACTIVE_INTERVAL FROM SPRING_SESSION "
			+ "LEFT JOIN SPRING_SESSION_ATTRIBUTES ON SESSION_PRIMARY_ID = PRIMARY_ID ORDER BY 1";

	private SessionCases() {
	}

	/**
	 * Return the cases, but those that write to a table of the application's own and
	 * fail.
	 */
	static List<Case> all() {
		return List.of(new Case("an attribute is there in the next request", SessionCases::put),
				new Case("an attribute of a request that fails is there", SessionCases::fail),
				new Case("an attribute is written beside a row", SessionCases::buy),
				new Case("an attribute is written after the response has begun", SessionCases::stream),
				new Case("a session gets another id", SessionCases::changeId),
				new Case("a session is ended", SessionCases::leave),
				new Case("sessions that have expired are deleted", SessionCases::expire));
	}

	private static void put(Visit visit) throws Exception {
		clear(visit);
		visit.get("/put?item=a");
		assertThat(visit.get("/cart").body()).isEqualTo("a");
		assertThat(visit.rows(SESSIONS)).containsExactly("cart 1800");
	}

	private static void fail(Visit visit) throws Exception {
		clear(visit);
		visit.get("/put?item=a");
		visit.get("/put-and-fail?item=b");
		assertThat(visit.get("/cart").body()).isEqualTo("b");
	}

	private static void buy(Visit visit) throws Exception {
		clear(visit);
		visit.get("/buy?item=a");
		assertThat(visit.rows(LINES)).containsExactly("a");
		assertThat(visit.get("/cart").body()).isEqualTo("a");
	}

	/**
	 * Write to the application's table in a request that fails, before its session and
	 * after it.
	 */
	static void buyAndFail(Visit visit) throws Exception {
		clear(visit);
		visit.get("/buy-and-fail?item=a");
		visit.rows(LINES);
		assertThat(visit.get("/cart").body()).isEqualTo("a");
	}

	private static void stream(Visit visit) throws Exception {
		clear(visit);
		visit.get("/put?item=a");
		visit.get("/stream?item=b");
		assertThat(visit.rows(LINES)).containsExactly("b");
		visit.get("/cart");
	}

	/**
	 * Write on another thread. Where sessions are written when requests end, Spring
	 * Session may have written that of this one before.
	 */
	static void call(Visit visit) throws Exception {
		clear(visit);
		visit.get("/call?item=a");
		assertThat(visit.rows(LINES)).containsExactly("a");
		assertThat(visit.get("/cart").body()).isEqualTo("a");
	}

	private static void changeId(Visit visit) throws Exception {
		clear(visit);
		visit.get("/put?item=a");
		assertThat(visit.get("/change-id").body()).isEqualTo("changed");
		assertThat(visit.get("/cart").body()).isEqualTo("a");
		visit.rows(SESSIONS);
	}

	private static void leave(Visit visit) throws Exception {
		clear(visit);
		visit.get("/put?item=a");
		visit.get("/leave");
		assertThat(visit.rows(SESSIONS)).isEmpty();
	}

	private static void expire(Visit visit) throws Exception {
		clear(visit);
		visit.get("/put?item=a");
		visit.others().update("UPDATE SPRING_SESSION SET EXPIRY_TIME = 1");
		((JdbcIndexedSessionRepository) visit.bean(SessionRepository.class)).cleanUpExpiredSessions();
		assertThat(visit.rows(SESSIONS)).isEmpty();
	}

	private static void clear(Visit visit) {
		visit.others().update("DELETE FROM SPRING_SESSION");
		visit.others().update("DELETE FROM line");
	}

}
