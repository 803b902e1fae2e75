package io.github.connectionguard.neighbours.jpa;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;

import io.github.connectionguard.neighbours.Answer;
import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.neighbours.NeighbourTests;
import io.github.connectionguard.neighbours.Visit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for stateless sessions and Spring Data REST.
 */
class JpaTests extends NeighbourTests {

	private static final String AUTHORS = "SELECT name FROM author ORDER BY id";

	private static final String NOTES = "SELECT name FROM line ORDER BY id";

	JpaTests() {
		super(Neighbour.web(AuthorApplication.class)
			.packages("org.springframework.boot.hibernate", "org.springframework.boot.jpa",
					"org.springframework.boot.data", "org.springframework.boot.persistence",
					"org.springframework.boot.hateoas")
			.properties("spring.sql.init.schema-locations=classpath:line.sql,classpath:author.sql",
					"spring.jpa.open-in-view=false"));
	}

	@Override
	protected List<Case> cases() {
		return Stream.concat(stateless(), exported()).toList();
	}

	private static Stream<Case> stateless() {
		return Stream
			.of(stateless("what a stateless session writes stays", "/bare", 200, "bare"),
					stateless("what a stateless session writes stays when the request fails", "/fail-bare", 500,
							"bare"),
					stateless("transaction of a stateless session is committed", "/commit", 200, "committed"),
					stateless("transaction of a stateless session stays when the request fails after it", "/fail-after",
							500, "committed"),
					stateless("transaction of a stateless session is undone", "/rollback", 500),
					stateless("stateless session on the connection of a transaction is undone with that",
							"/joined-rollback", 500),
					stateless("stateless session beside a transaction is not undone with that", "/beside-rollback", 500,
							"committed"));
	}

	private static Case stateless(String name, String path, int status, String... authors) {
		return new Case(name, (visit) -> {
			assertThat(visit.get("/stateless" + path).status()).isEqualTo(status);
			seesAuthors(visit, authors);
		});
	}

	private static Stream<Case> exported() {
		return Stream.of(new Case("author is created, changed and deleted", (visit) -> {
			String author = create(visit, "a").location();
			assertThat(patch(visit, author, "b").status()).isEqualTo(204);
			assertThat(visit.get(author).body()).contains("\"b\"");
			visit.rows(AUTHORS);
			assertThat(visit.send("DELETE", visit.request(author).DELETE()).status()).isEqualTo(204);
			seesAuthors(visit);
		}), refused("author that is not valid is not created", "", 500, List.of(), List.of("before ")),
				refused("author whom an event handler refuses is not created", "refused before", 500, List.of(),
						List.of("before refused before")),
				refused("author whom an event handler refuses too late stays", "refused after", 500,
						List.of("refused after"), List.of("before refused after", "after refused after")),
				new Case("author who is there already is in conflict", (visit) -> {
					create(visit, "a");
					assertThat(create(visit, "a").status()).isEqualTo(409);
					seesAuthors(visit, "a");
				}), new Case("change that is not valid changes nothing", (visit) -> {
					String author = create(visit, "a").location();
					assertThat(patch(visit, author, "").status()).isEqualTo(500);
					seesAuthors(visit, "a");
				}), new Case("change of an old version is refused", (visit) -> {
					String author = create(visit, "a").location();
					patch(visit, author, "b");
					assertThat(visit
						.send("PATCH",
								visit.request(author)
									.header("Content-Type", "application/json")
									.header("If-Match", "\"0\"")
									.method("PATCH", BodyPublishers.ofString("{\"name\":\"c\"}")))
						.status()).isEqualTo(412);
					seesAuthors(visit, "b");
				}), new Case("author whose end an event handler refuses is kept", (visit) -> {
					String author = create(visit, "kept").location();
					assertThat(visit.send("DELETE", visit.request(author).DELETE()).status()).isEqualTo(500);
					seesAuthors(visit, "kept");
				}));
	}

	private static Case refused(String name, String author, int status, List<String> authors, List<String> notes) {
		return new Case(name, (visit) -> {
			assertThat(create(visit, author).status()).isEqualTo(status);
			assertThat(visit.rows(NOTES)).isEqualTo(notes);
			seesAuthors(visit, authors.toArray(String[]::new));
		});
	}

	private static Answer create(Visit visit, String name) throws IOException, InterruptedException {
		return visit.send("POST '" + name + "'",
				visit.request("/authors")
					.header("Content-Type", "application/json")
					.POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}")));
	}

	private static Answer patch(Visit visit, String author, String name) throws IOException, InterruptedException {
		return visit.send("PATCH '" + name + "'",
				visit.request(author)
					.header("Content-Type", "application/json")
					.method("PATCH", BodyPublishers.ofString("{\"name\":\"" + name + "\"}")));
	}

	/**
	 * Compare the authors, and leave nothing to the next case.
	 */
	private static void seesAuthors(Visit visit, String... authors) {
		assertThat(visit.rows(AUTHORS)).containsExactly(authors);
		visit.rows(NOTES);
		visit.others().update("DELETE FROM line");
		visit.others().update("TRUNCATE author");
	}

}
