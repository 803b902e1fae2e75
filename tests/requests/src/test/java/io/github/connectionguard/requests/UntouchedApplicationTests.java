package io.github.connectionguard.requests;

import java.util.Set;
import java.util.TreeSet;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the guard leaves as it was.
 */
@ExtendWith(OutputCaptureExtension.class)
class UntouchedApplicationTests {

	private static final String POOL_NAME = "spring.datasource.hikari.pool-name=pool";

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	@Test
	void dataSourceKeepsItsClassAndMeters(CapturedOutput output) throws Exception {
		Set<String> guarded;
		try (RequestsApp app = RequestsApp.start(this.server, this.database, POOL_NAME)) {
			assertThat(app.get("/rows/read").statusCode()).isEqualTo(200);
			assertThat(app.context().getBean("dataSource").getClass()).isEqualTo(HikariDataSource.class);
			guarded = meters(app);
		}
		assertThat(output).doesNotContain("is not eligible for getting processed by all BeanPostProcessors");
		try (RequestsApp app = RequestsApp.start(this.server, this.database, POOL_NAME,
				"connection-guard.enabled=false")) {
			assertThat(app.get("/rows/read").statusCode()).isEqualTo(200);
			assertThat(meters(app)).isEqualTo(guarded);
		}
		assertThat(guarded).contains("hikaricp.connections.active", "jdbc.connections.active");
	}

	private static Set<String> meters(RequestsApp app) {
		Set<String> names = new TreeSet<>();
		app.bean(MeterRegistry.class).forEachMeter((meter) -> {
			String name = meter.getId().getName();
			if (name.startsWith("hikaricp.") || name.startsWith("jdbc.")) {
				names.add(name + meter.getId().getTags());
				names.add(name);
			}
		});
		return names;
	}

}
