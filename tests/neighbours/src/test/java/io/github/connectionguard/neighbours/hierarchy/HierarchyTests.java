package io.github.connectionguard.neighbours.hierarchy;

import io.github.connectionguard.hikari.GuardedPools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a pool is guarded, and requests end as they should, whichever context of an
 * application the pool, the requests and Spring Boot's auto-configurations are in.
 */
@Tag("neighbours")
@ExtendWith(OutputCaptureExtension.class)
class HierarchyTests {

	private final Family family = new Family();

	@AfterEach
	void stop() {
		this.family.close();
	}

	@ParameterizedTest
	@ValueSource(classes = { Family.Database.class, Family.PlainDatabase.class, Family.Nothing.class })
	void requestsOfAChildEndAsTheyShouldAndMeetNoDeadConnection(Class<?> parent, CapturedOutput output)
			throws Exception {
		this.family.start(parent);
		ConfigurableApplicationContext child = this.family.child();
		assertThat(this.family.get(child, "/write?name=written")).isEqualTo(200);
		assertThat(this.family.get(child, "/fail?name=undone")).isEqualTo(500);
		assertThat(this.family.lines().names()).containsExactly("written");
		this.family.killSessions();
		for (int i = 0; i < 8; i++) {
			assertThat(this.family.get(child, "/count")).isEqualTo(200);
		}
		assertThat(child.getBean(GuardedPools.class).pools()).hasSize(1);
		assertThat(output).containsOnlyOnce("Sessions run in mode").contains("Sessions run in mode 'unit'");
	}

	@Test
	void childrenShareThePoolOfTheirParentAndItsGuard(CapturedOutput output) throws Exception {
		this.family.start(Family.Database.class);
		ConfigurableApplicationContext first = this.family.child();
		ConfigurableApplicationContext second = this.family.addChild();
		assertThat(this.family.get(second, "/fail?name=undone")).isEqualTo(500);
		first.close();
		this.family.killSessions();
		for (int i = 0; i < 8; i++) {
			assertThat(this.family.get(second, "/count")).isEqualTo(200);
		}
		assertThat(this.family.get(second, "/fail?name=undone")).isEqualTo(500);
		assertThat(this.family.lines().names()).isEmpty();
		assertThat(output).containsOnlyOnce("Sessions run in mode");
	}

	@Test
	void endpointsAnswerOnAPortOfTheirOwn() throws Exception {
		this.family.start(Family.Nothing.class, "management.server.port=0",
				"management.endpoints.web.exposure.include=*");
		ConfigurableApplicationContext child = this.family.child();
		assertThat(this.family.get(child, "/fail?name=undone")).isEqualTo(500);
		assertThat(this.family.lines().names()).isEmpty();
		assertThat(this.family.get(child.getEnvironment(), "local.management.port", "/actuator/connectionguard"))
			.isEqualTo(200);
		assertThat(this.family.get(child.getEnvironment(), "local.management.port", "/actuator/health")).isEqualTo(200);
	}

}
