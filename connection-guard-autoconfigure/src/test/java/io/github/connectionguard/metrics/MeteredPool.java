package io.github.connectionguard.metrics;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.connectionguard.autoconfigure.metrics.ConnectionGuardMetricsAutoConfiguration;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/**
 * What the meters say of an application's pool of two connections, in a registry to which
 * nobody but the tests binds them.
 */
final class MeteredPool {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	static ApplicationContextRunner runner(TestServer server, String... urlParameters) {
		return GuardedApplication.on(server, server.createDatabase(), urlParameters)
			.withConfiguration(AutoConfigurations.of(ConnectionGuardMetricsAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("spring.datasource.hikari.maximum-pool-size=2");
	}

	static GuardedPool filled(ApplicationContext context) {
		GuardedPool pool = GuardedApplication.openPool(context);
		Awaitility.await()
			.until(() -> pool.snapshot().idle() == 2 && pool.ledger().connections().size() == 2
					&& pool.ledger().connections().stream().noneMatch(PhysicalConnection::isLost));
		return pool;
	}

	void bind(ApplicationContext context) {
		context.getBean(GuardMeters.class).bindTo(this.registry);
	}

	MeterRegistry registry() {
		return this.registry;
	}

	List<Meter> all() {
		return this.registry.getMeters();
	}

	List<Meter> ofPool(String pool) {
		return all().stream().filter((meter) -> pool.equals(meter.getId().getTag("pool"))).toList();
	}

	List<String> tagValues(String name, String tag) {
		return this.registry.get(name)
			.meters()
			.stream()
			.map((meter) -> Objects.requireNonNull(meter.getId().getTag(tag)))
			.toList();
	}

	double count(String name, String... tags) {
		return this.registry.get(name).tags(tags).functionCounter().count();
	}

	FunctionTimer timer(String name, String... tags) {
		return this.registry.get(name).tags(tags).functionTimer();
	}

	double seconds(String name, String... tags) {
		return timer(name, tags).totalTime(TimeUnit.SECONDS);
	}

	double gauge(String name) {
		return this.registry.get(name).gauge().value();
	}

}
