package io.github.connectionguard.sidebyside;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application with one pool.
 */
@Tag("extended")
class PoolTests extends SideBySide {

	private static final int REQUESTS = 80;

	PoolTests() {
		super(SetUp.POOL, new SessionStateCases(), new TransactionCases(), new LibraryCases(), new ReadCases(),
				new ReadingLibraryCases(), new FailureCases(), new LossCases());
	}

	@Test
	void requestsThatNeedMoreConnectionsThanThereAreAreServed() {
		serveCrowd(without());
		serveCrowd(with());
	}

	private static void serveCrowd(Side side) {
		side.others().reset();
		List<CompletableFuture<HttpResponse<Void>>> answers = IntStream.range(0, REQUESTS)
			.mapToObj((number) -> side.client()
				.sendAsync(side.prepare(PoolTests::writeTwice), HttpResponse.BodyHandlers.discarding()))
			.toList();
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.join().statusCode()).isEqualTo(200));
		assertThat(side.others().jdbc().queryForList("SELECT id FROM line")).hasSize(2 * REQUESTS);
	}

	private static void writeTwice(Request request) throws SQLException {
		request.jdbc().update("INSERT INTO line (name) VALUES (UUID())");
		try (Connection connection = request.dataSource().getConnection()) {
			Request.update(connection, "INSERT INTO line (name) VALUES (UUID())");
		}
	}

}
