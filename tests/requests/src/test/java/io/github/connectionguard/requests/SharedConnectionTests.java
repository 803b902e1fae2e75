package io.github.connectionguard.requests;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests whose unit shares its connection with libraries and services, which
 * know nothing of it.
 */
class SharedConnectionTests extends RequestTests {

	SharedConnectionTests() {
		super("unit");
	}

	@BeforeEach
	void createProcedure() {
		JdbcTemplate jdbc = application().bean(JdbcTemplate.class);
		jdbc.execute("DROP PROCEDURE IF EXISTS add_line");
		jdbc.execute("CREATE PROCEDURE add_line(IN added VARCHAR(20)) "
				+ "BEGIN INSERT INTO line (name) VALUES (added); SELECT 1; END");
	}

	@Test
	void nothingIsHeldAfterARead() throws Exception {
		assertThat(get("/shared/read").body()).isEqualTo("in use: 0");
	}

	@Test
	void readSeesWhatWasCommittedSinceTheLastOne() throws Exception {
		assertThat(get("/shared/read-of-another").body()).isEqualTo("1");
	}

	@Test
	void libraryRollsBackWhatItBegan() throws Exception {
		HttpResponse<String> response = get("/shared/library-rolls-back");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("true false true");
		assertThat(rows()).containsExactly("before", "after");
	}

	@Test
	void whatALibraryCommitsStays() throws Exception {
		assertThat(get("/shared/library-commits").statusCode()).isEqualTo(500);
		assertThat(rows()).containsExactly("before", "library");
	}

	@Test
	void libraryCommitsBySettingTheMode() throws Exception {
		assertThat(get("/shared/library-ends-by-the-mode").statusCode()).isEqualTo(500);
		assertThat(rows()).containsExactly("library");
	}

	@Test
	void whatALibraryDidNotCommitIsRolledBackAsThePoolWould() throws Exception {
		HttpResponse<String> response = get("/shared/library-forgets");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("true");
		assertThat(rows()).containsExactly("before", "after");
	}

	@Test
	void modeThatALibrarySetsWithoutNeedChangesNothing() throws Exception {
		assertThat(get("/shared/library-sets-the-mode-it-is-in").statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("before", "library");
	}

	@Test
	void connectionThatALibraryClosesServesTheUnitOn() throws Exception {
		assertThat(get("/shared/library-closes").statusCode()).isEqualTo(200);
		assertThat(rows()).containsExactly("before", "library", "after");
	}

	@Test
	void deathThatTakesACallWithItEndsInAnError() throws Exception {
		assertThat(get("/shared/call-then-die").statusCode()).isEqualTo(500);
		assertThat(rows()).doesNotContain("called");
	}

	@Test
	void transactionAfterACallDoesNotCommitIt() throws Exception {
		assertThat(get("/shared/call-then-failing-then-throw").statusCode()).isEqualTo(500);
		assertThat(rows()).isEmpty();
	}

	@Test
	void failureIsUndoneBeforeItsHandlerCommits() throws Exception {
		HttpResponse<String> response = get("/shared/failure-that-is-told");
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(response.body()).isEqualTo("told");
		assertThat(rows()).containsExactly("error");
	}

}
