package io.github.connectionguard.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DataSourceKeys}.
 */
class DataSourceKeysTests {

	@Test
	void namesAreFoundHoweverTheyAreWritten() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
					Map.of("SPRING_DATASOURCE_HIKARI_MAXACTIVE", "5", "SPRING_JPA_SHOWSQL", "true")));
		assertThat(DataSourceKeys.in(environment)).containsExactly("spring.datasource.hikari.maxactive");
	}

	@Test
	void noValueIsAmongThem() {
		MockEnvironment environment = new MockEnvironment().withProperty("spring.datasource.password", "pa55word")
			.withProperty("spring.datasource.tomcat.maxWait", "4711")
			.withProperty("spring.datasources.other", "4711")
			.withProperty("other", "4711");
		assertThat(DataSourceKeys.in(environment)).containsExactlyInAnyOrder("spring.datasource.password",
				"spring.datasource.tomcat.maxwait");
	}

}
