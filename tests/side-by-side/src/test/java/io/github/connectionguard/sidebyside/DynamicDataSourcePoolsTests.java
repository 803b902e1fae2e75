package io.github.connectionguard.sidebyside;

import java.sql.Connection;
import java.util.List;

import com.baomidou.dynamic.datasource.DynamicRoutingDataSource;
import com.baomidou.dynamic.datasource.creator.DataSourceProperty;
import com.baomidou.dynamic.datasource.creator.DefaultDataSourceCreator;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.hikari.StartedPool;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for which pools of dynamic-datasource are guarded: none of them is a bean.
 */
@ExtendWith(OutputCaptureExtension.class)
class DynamicDataSourcePoolsTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	@Test
	void lazyPoolsAreGuardedAndThoseThatAreAdded() throws Exception {
		try (ConfigurableApplicationContext application = start("true")) {
			GuardedPools pools = application.getBean(GuardedPools.class);
			assertThat(pools.pools()).extracting(GuardedPool::beanName)
				.containsExactlyInAnyOrder("dataSource.a", "dataSource.b");
			DynamicRoutingDataSource dynamic = application.getBean(DynamicRoutingDataSource.class);
			dynamic.addDataSource("c", application.getBean(DefaultDataSourceCreator.class).createDataSource(added()));
			Awaitility.await().until(() -> pools.pools().size() == 3);
			try (Connection connection = dynamic.getDataSource("c").getConnection()) {
				assertThat(connection.isValid(1)).isTrue();
			}
			assertThat(pools.pools()).filteredOn((pool) -> pool.beanName().equals("dataSource.c"))
				.singleElement()
				.matches((pool) -> !pool.ledger().connections().isEmpty());
		}
	}

	@Test
	void poolsThatAreStartedAtOnceAreToldWithTheWay(CapturedOutput output) {
		try (ConfigurableApplicationContext application = start("false")) {
			GuardedPools pools = application.getBean(GuardedPools.class);
			assertThat(pools.pools()).isEmpty();
			assertThat(pools.startedPools()).extracting(StartedPool::beanName)
				.containsExactlyInAnyOrder("dataSource.a", "dataSource.b");
			for (String name : List.of("a", "b")) {
				Awaitility.await()
					.untilAsserted(() -> assertThat(output).containsPattern("(?s)" + name
							+ " - This pool was running before .* with dynamic-datasource, spring.datasource.dynamic.lazy=true"));
			}
		}
	}

	private ConfigurableApplicationContext start(String lazy) {
		String prefix = "--spring.datasource.dynamic.";
		String pool = prefix + "datasource.%s.%s=%s";
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--spring.main.banner-mode=off", prefix + "primary=a", prefix + "lazy=" + lazy,
					pool.formatted("a", "url", url()), pool.formatted("a", "username", this.server.username()),
					pool.formatted("a", "password", this.server.password()), pool.formatted("b", "url", url()),
					pool.formatted("b", "username", this.server.username()),
					pool.formatted("b", "password", this.server.password()));
	}

	private DataSourceProperty added() {
		DataSourceProperty property = new DataSourceProperty();
		property.setPoolName("c");
		property.setUrl(url());
		property.setUsername(this.server.username());
		property.setPassword(this.server.password());
		property.setLazy(true);
		return property;
	}

	private String url() {
		return this.server.jdbcUrl(this.database);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
