package io.github.connectionguard.neighbours.slices;

import io.github.connectionguard.hikari.GuardedPools;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.transaction.AfterTransaction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the slice of JDBC has nothing of the starter, as it has nothing but what it
 * names itself, and is rolled back.
 */
@Tag("neighbours")
@JdbcTest
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@TestPropertySource(properties = SliceApplication.PACKAGES + SliceApplication.STARTER)
class JdbcSliceTests {

	@Autowired
	@SuppressWarnings("NullAway.Init")
	private JdbcTemplate jdbc;

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry registry) {
		SliceApplication.addDatabase(registry);
	}

	@AfterTransaction
	void nothingIsLeft() {
		assertThat(this.jdbc.queryForList("SELECT name FROM line")).isEmpty();
	}

	@Test
	void isRolledBack(ApplicationContext context) {
		assertThat(this.jdbc.update("INSERT INTO line (name) VALUES ('a')")).isOne();
		assertThat(context.getBeansOfType(GuardedPools.class)).isEmpty();
	}

}
