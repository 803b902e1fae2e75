package io.github.connectionguard.sharding;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that pools below ShardingSphere are guarded if they are beans, and told of if it
 * makes them itself.
 */
@Tag("slow")
@ExtendWith(OutputCaptureExtension.class)
class ShardingTests {

	private final TestServer server = TestServer.shared();

	private final List<String> databases = List.of(this.server.createDatabase(), this.server.createDatabase());

	private final List<LineTable> lines = this.databases.stream()
		.map((database) -> LineTable.create(this.server, database, "id INT, name VARCHAR(20)"))
		.toList();

	@Test
	void poolsThatAreBeansAreGuarded(CapturedOutput output) throws SQLException {
		try (ConfigurableApplicationContext context = start("beans")) {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			writeToBoth(jdbc);
			assertThat(context.getBean(GuardedPools.class).pools()).hasSize(2);
			for (int i = 0; i < 3; i++) {
				killSessions();
				assertThat(jdbc.queryForList("SELECT name FROM line ORDER BY id", String.class)).hasSize(4);
			}
			assertThat(output).contains("Sessions run in mode 'backstop', because", "ShardingSphereDataSource")
				.doesNotContain("Failed to validate connection");
		}
	}

	@Test
	void poolsThatItMakesItselfAreToldOf(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("inside")) {
			writeToBoth(context.getBean(JdbcTemplate.class));
			assertThat(context.getBean(GuardedPools.class).pools()).isEmpty();
			Awaitility.await()
				.untilAsserted(() -> assertThat(output)
					.containsOnlyOnce("No HikariCP pool has been found in the data source 'sharded' (org.apache.")
					.contains("if they are beans"));
		}
	}

	private ConfigurableApplicationContext start(String profile) {
		return new SpringApplicationBuilder(ShardedApplication.class).web(WebApplicationType.NONE)
			.profiles(profile)
			.properties("spring.main.banner-mode=off", "server.first=" + this.server.jdbcUrl(this.databases.get(0)),
					"server.second=" + this.server.jdbcUrl(this.databases.get(1)),
					"server.username=" + this.server.username(), "server.password=" + this.server.password())
			.run();
	}

	private void writeToBoth(JdbcTemplate jdbc) {
		IntStream.rangeClosed(1, 4)
			.forEach((id) -> jdbc.update("INSERT INTO line (id, name) VALUES (?, ?)", id, "line " + id));
		assertThat(this.lines).allSatisfy((lines) -> assertThat(lines.count()).isEqualTo(2));
	}

	private void killSessions() throws SQLException {
		for (String database : this.databases) {
			this.server.killSessions(database);
		}
	}

}
