package io.github.connectionguard.neighbours.jpa;

import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.neighbours.SliceDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.transaction.AfterTransaction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the slice of JPA has nothing of the starter, as it has nothing but what it
 * names itself, and is rolled back.
 */
@DataJpaTest(properties = { "neighbours.packages=org.springframework.boot,io.github.connectionguard.autoconfigure",
		"spring.flyway.enabled=false", "spring.liquibase.enabled=false", "spring.sql.init.mode=always",
		"spring.sql.init.schema-locations=classpath:line.sql,classpath:author.sql" })
@Tag("neighbours")
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@ContextConfiguration(classes = AuthorApplication.class)
class JpaSliceTests {

	@Autowired
	@SuppressWarnings("NullAway.Init")
	private Authors authors;

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry registry) {
		SliceDatabase.add(registry);
	}

	@AfterTransaction
	void nothingIsLeft() {
		assertThat(this.authors.count()).isZero();
	}

	@Test
	void isRolledBack(ApplicationContext context) {
		Author author = new Author();
		author.setName("a");
		this.authors.saveAndFlush(author);
		assertThat(this.authors.count()).isOne();
		assertThat(context.getBeansOfType(GuardedPools.class)).isEmpty();
	}

}
