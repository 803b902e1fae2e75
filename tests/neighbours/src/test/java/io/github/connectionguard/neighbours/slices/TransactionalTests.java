package io.github.connectionguard.neighbours.slices;

import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.transaction.AfterTransaction;
import org.springframework.test.context.transaction.TestTransaction;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that requests in a transaction of a test are a part of that, with the starter and
 * without.
 */
@Tag("neighbours")
@SpringBootTest
@AutoConfigureMockMvc
@Transactional
abstract class TransactionalTests {

	@Autowired
	@SuppressWarnings("NullAway.Init")
	private MockMvcTester mvc;

	@Autowired
	@SuppressWarnings("NullAway.Init")
	private JdbcTemplate jdbc;

	@Autowired
	@SuppressWarnings("NullAway.Init")
	private HikariDataSource pool;

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry registry) {
		SliceApplication.addDatabase(registry);
	}

	@AfterTransaction
	void nothingIsLeft() {
		assertThat(names()).isEmpty();
		assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero();
	}

	@Test
	void requestSeesWhatTheTestWroteAndTheOtherWayRound() {
		this.jdbc.update("INSERT INTO line (name) VALUES ('of the test')");
		assertThat(this.mvc.get().uri("/write?name=of the request")).hasStatusOk();
		assertThat(this.mvc.get().uri("/names")).bodyText().isEqualTo("[\"of the test\",\"of the request\"]");
		assertThat(names()).containsExactly("of the test", "of the request");
	}

	@Test
	void failingRequestLeavesTheTransactionToTheTest() {
		this.jdbc.update("INSERT INTO line (name) VALUES ('of the test')");
		assertThat(this.mvc.get().uri("/fail?name=of the request")).hasFailed();
		assertThat(names()).containsExactly("of the test", "of the request");
		assertThat(this.mvc.get().uri("/write?name=of the next")).hasStatusOk();
		assertThat(names()).hasSize(3);
	}

	@Test
	void requestIsCommittedWithTheTestsTransaction() {
		assertThat(this.mvc.get().uri("/write?name=kept")).hasStatusOk();
		TestTransaction.flagForCommit();
		TestTransaction.end();
		assertThat(this.jdbc.update("DELETE FROM line WHERE name = 'kept'")).isOne();
	}

	private List<String> names() {
		return this.jdbc.queryForList("SELECT name FROM line ORDER BY id", String.class);
	}

}
