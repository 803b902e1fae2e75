package io.github.connectionguard.neighbours.library;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

import io.github.connectionguard.neighbours.Answer;
import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Visit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What queries, mutations and batch loaders of GraphQL do.
 */
final class GraphQlCases {

	private GraphQlCases() {
	}

	static List<Case> all() {
		return List.of(new Case("query loads a batch on other threads, each of whose writes stays", (visit) -> {
			visit.others().update("INSERT INTO line (id, name) VALUES (1, 'one'), (2, 'three')");
			assertThat(ask(visit, "query { lines { name length } }").body()).contains("\"length\":3", "\"length\":5");
			assertThat(Lines.of(visit)).containsExactly("one", "three", "loaded 2");
		}), new Case("several mutations in one request", (visit) -> {
			assertThat(ask(visit, "mutation { a: add(name: \"a\") b: addElsewhere(name: \"b\") }").body())
				.doesNotContain("errors");
			assertThat(Lines.of(visit)).containsExactly("a", "b");
		}), new Case("mutation that fails keeps what it wrote, as its answer has the status 200", (visit) -> {
			Answer answer = ask(visit, "mutation { a: add(name: \"a\") b: addAndFail(name: \"b\") }");
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.body()).contains("errors");
			assertThat(Lines.of(visit)).containsExactly("a", "b");
		}), new Case("mutation that fails in a transaction undoes that", (visit) -> {
			Answer answer = ask(visit, "mutation { a: add(name: \"a\") b: addAndFailInTransaction(name: \"b\") }");
			assertThat(answer.body()).contains("errors");
			assertThat(Lines.of(visit)).containsExactly("a");
		}), new Case("query that is refused runs nothing", (visit) -> {
			assertThat(ask(visit, "query { unknown }").body()).contains("errors");
			assertThat(Lines.of(visit)).isEmpty();
		}));
	}

	private static Answer ask(Visit visit, String document) throws IOException, InterruptedException {
		String query = document.replace("\"", "\\\"");
		return visit.send(document,
				visit.request("/graphql")
					.header("Content-Type", "application/json")
					.header("Accept", "application/json")
					.POST(BodyPublishers.ofString("{\"query\":\"" + query + "\"}")));
	}

}
