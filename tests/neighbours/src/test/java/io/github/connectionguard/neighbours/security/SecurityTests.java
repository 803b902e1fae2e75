package io.github.connectionguard.neighbours.security;

import java.net.CookieStore;
import java.net.HttpCookie;
import java.util.List;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.neighbours.NeighbourTests;
import io.github.connectionguard.neighbours.Visit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for users, remember-me tokens and what is noted of refusals.
 */
class SecurityTests extends NeighbourTests {

	private static final String LOGIN = "username=ann&password=secret";

	private static final String WRONG_LOGIN = "username=ann&password=guess";

	private static final String AUDIT = "SELECT text FROM audit ORDER BY id";

	private static final String TOKENS = "SELECT username FROM persistent_logins";

	SecurityTests() {
		super(Neighbour.web(SecurityApplication.class)
			.packages("org.springframework.boot.security")
			.properties("spring.sql.init.schema-locations=classpath:security.sql"));
	}

	@Override
	protected List<Case> cases() {
		return List.of(new Case("a user logs in", SecurityTests::logIn),
				new Case("a login is refused", SecurityTests::refuse),
				new Case("a user is remembered", SecurityTests::remember),
				new Case("a user is remembered in a request that fails", SecurityTests::rememberInAFailure),
				new Case("a user logs out", SecurityTests::logOut),
				new Case("a user registers", SecurityTests::register),
				new Case("a handler answers that a login is refused", (visit) -> refuseBy(visit, "/api/try-login")),
				new Case("an exception handler answers that a login is refused",
						(visit) -> refuseBy(visit, "/api/login"))
					.differs("What is noted of a refusal is undone if that refusal is an exception out of a handler",
							List.of("others see [kept login of ann, login of ann] by " + AUDIT),
							List.of("others see [kept login of ann] by " + AUDIT)),
				new Case("a call is refused by the role of its caller", SecurityTests::deny).differs(
						"What is noted of a refusal is undone if that refusal is an exception out of a handler",
						List.of("others see [kept call by ann, call by ann] by " + AUDIT),
						List.of("others see [kept call by ann] by " + AUDIT)));
	}

	private static void logIn(Visit visit) throws Exception {
		assertThat(visit.get("/home").location()).isEqualTo("/login");
		visit.post("/login", LOGIN);
		assertThat(visit.get("/home").body()).isEqualTo("home of ann");
	}

	private static void refuse(Visit visit) throws Exception {
		visit.others().update("DELETE FROM audit");
		assertThat(visit.post("/login", WRONG_LOGIN).location()).isEqualTo("/login?error");
		assertThat(visit.rows(AUDIT)).containsExactly("kept login of ann", "login of ann");
	}

	private static void refuseBy(Visit visit, String path) throws Exception {
		visit.others().update("DELETE FROM audit");
		assertThat(visit.post(path, WRONG_LOGIN).status()).isEqualTo(401);
		visit.rows(AUDIT);
		assertThat(visit.post(path, LOGIN).body()).isEqualTo("ann");
	}

	private static void deny(Visit visit) throws Exception {
		visit.post("/login", LOGIN);
		visit.others().update("DELETE FROM audit");
		assertThat(visit.get("/admin").status()).isEqualTo(403);
		visit.rows(AUDIT);
	}

	private static void remember(Visit visit) throws Exception {
		visit.others().update("DELETE FROM persistent_logins");
		visit.post("/login", LOGIN + "&remember-me=true");
		String token = token(visit);
		forgetSession(visit);
		assertThat(visit.get("/home").body()).isEqualTo("home of ann");
		assertThat(token(visit)).isNotEqualTo(token);
		assertThat(visit.rows(TOKENS)).containsExactly("ann");
	}

	/**
	 * The token that the client was given has to be the one that is in the database, or
	 * the next request looks like a theft.
	 */
	private static void rememberInAFailure(Visit visit) throws Exception {
		visit.others().update("DELETE FROM persistent_logins");
		visit.post("/login", LOGIN + "&remember-me=true");
		String token = token(visit);
		forgetSession(visit);
		assertThat(visit.get("/fail").status()).isEqualTo(500);
		assertThat(token(visit)).isNotEqualTo(token);
		forgetSession(visit);
		assertThat(visit.get("/home").body()).isEqualTo("home of ann");
	}

	private static void logOut(Visit visit) throws Exception {
		visit.others().update("DELETE FROM persistent_logins");
		visit.post("/login", LOGIN + "&remember-me=true");
		visit.post("/logout", "");
		assertThat(visit.rows(TOKENS)).isEmpty();
		assertThat(visit.get("/home").location()).isEqualTo("/login");
	}

	private static void register(Visit visit) throws Exception {
		visit.post("/api/register", "username=bob");
		visit.post("/login", "username=bob&password=secret");
		assertThat(visit.get("/home").body()).isEqualTo("home of bob");
	}

	private static String token(Visit visit) {
		return String.valueOf(visit.others().queryForObject("SELECT token FROM persistent_logins", String.class));
	}

	private static void forgetSession(Visit visit) {
		CookieStore cookies = visit.cookies().getCookieStore();
		for (HttpCookie cookie : List.copyOf(cookies.getCookies())) {
			if (cookie.getName().equals("JSESSIONID")) {
				cookies.remove(null, cookie);
			}
		}
	}

}
