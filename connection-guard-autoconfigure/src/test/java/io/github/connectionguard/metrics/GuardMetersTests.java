package io.github.connectionguard.metrics;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.outcome.UnitEnd;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.search.MeterNotFoundException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GuardMeters}: which meters are in a registry, and when.
 */
@ExtendWith(OutputCaptureExtension.class)
class GuardMetersTests {

	private final TestServer server = TestServer.shared();

	private final MeteredPool meters = new MeteredPool();

	private final ApplicationContextRunner runner = MeteredPool.runner(this.server);

	private final ApplicationContextRunner unopened = this.runner.withPropertyValues("connection-guard.eager=false");

	@Test
	void everyMeterIsThereAtZeroBeforeAnythingHasHappened() {
		this.unopened.run((context) -> {
			this.meters.bind(context);
			assertThat(this.meters.all()).allSatisfy((meter) -> assertThat(values(meter)).containsOnly(0.0));
			assertThat(this.meters.tagValues("connection.guard.deaths", "cause")).containsExactlyInAnyOrderElementsOf(
					Stream.of(LossCause.values()).map((cause) -> cause.name().toLowerCase(Locale.ROOT)).toList());
			assertThat(this.meters.tagValues("connection.guard.failed.commits", "unknown"))
				.containsExactlyInAnyOrder("true", "false");
			assertThat(this.meters.tagValues("connection.guard.units", "reason"))
				.containsExactlyInAnyOrderElementsOf(Stream.of(UnitEnd.values()).map(UnitEnd::reason).toList());
			assertThat(this.meters.tagValues("connection.guard.pings", "answered")).containsExactlyInAnyOrder("true",
					"false");
		});
	}

	/**
	 * What a meter tells, zero where nothing is known yet.
	 */
	private static List<Double> values(Meter meter) {
		if (meter instanceof FunctionTimer timer) {
			return List.of(timer.count(), timer.totalTime(TimeUnit.SECONDS));
		}
		double value = (meter instanceof FunctionCounter counter) ? counter.count() : ((Gauge) meter).value();
		return List.of((meter instanceof Gauge && Double.isNaN(value)) ? 0.0 : value);
	}

	@Test
	void bindingTwiceIsHarmless() {
		this.runner.run((context) -> {
			MeteredPool.filled(context);
			this.meters.bind(context);
			List<Meter> before = this.meters.all();
			this.meters.bind(context);
			assertThat(this.meters.all()).containsExactlyInAnyOrderElementsOf(before);
			assertThat(this.meters.count("connection.guard.opened")).isEqualTo(2);
		});
	}

	@Test
	void everyRegistryHasAllMeters() {
		this.runner.run((context) -> {
			MeteredPool.filled(context);
			this.meters.bind(context);
			MeterRegistry other = new SimpleMeterRegistry();
			context.getBean(GuardMeters.class).bindTo(other);
			assertThat(other.getMeters()).hasSameSizeAs(this.meters.all());
			assertThat(other.get("connection.guard.opened").functionCounter().count()).isEqualTo(2);
		});
	}

	@Test
	void countsOutliveWhoeverBoundThem() {
		this.runner.run((context) -> {
			MeteredPool.filled(context);
			WeakReference<GuardMeters> binder = bound(context.getBean(GuardedPools.class));
			Awaitility.await().until(() -> {
				System.gc();
				return binder.get() == null;
			});
			assertThat(this.meters.count("connection.guard.opened")).isEqualTo(2);
			assertThat(this.meters.gauge("connection.guard.max.lifetime")).isPositive();
		});
	}

	private WeakReference<GuardMeters> bound(GuardedPools pools) {
		GuardMeters binder = new GuardMeters(pools);
		binder.bindTo(this.meters.registry());
		return new WeakReference<>(binder);
	}

	@Test
	void metersOfAPoolComeAndGoWithIt() {
		this.runner.run((context) -> {
			MeteredPool.filled(context);
			this.meters.bind(context);
			int before = this.meters.all().size();
			try (HikariDataSource later = GuardedApplication.newPool(context.getEnvironment())) {
				later.setPoolName("later");
				context.getBean(GuardedPools.class).guard("laterDataSource", later);
				Awaitility.await().until(() -> this.meters.ofPool("later").size() == before);
				assertThat(this.meters.ofPool("later")).extracting((meter) -> meter.getId().getTag("name"))
					.containsOnly("later");
				later.getConnection().close();
				assertThat(this.meters.count("connection.guard.opened", "pool", "later")).isPositive();
			}
			Awaitility.await().until(() -> this.meters.ofPool("later").isEmpty());
			assertThat(this.meters.all()).hasSize(before);
		});
	}

	@Test
	void poolThatComesAfterOneOfItsNameCountsForItself() {
		this.unopened.run((context) -> {
			this.meters.bind(context);
			GuardedPools pools = context.getBean(GuardedPools.class);
			try (HikariDataSource first = GuardedApplication.newPool(context.getEnvironment())) {
				first.setPoolName("later");
				pools.guard("later", first);
				first.getConnection().close();
			}
			try (HikariDataSource second = GuardedApplication.newPool(context.getEnvironment())) {
				second.setPoolName("later");
				pools.guard("later", second);
				this.meters.bind(context);
				Awaitility.await() // if the guard is about to do the same, it does so
									// once more
					.ignoreException(MeterNotFoundException.class)
					.until(() -> this.meters.count("connection.guard.opened", "pool", "later") == 0);
			}
		});
	}

	@Test
	void poolIsCalledWhatHikariCallsItOnceItDoes() {
		this.unopened.run((context) -> {
			this.meters.bind(context);
			int before = this.meters.ofPool("dataSource").size();
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			pool.getConnection().close();
			String name = Objects.requireNonNull(pool.getPoolName());
			Awaitility.await()
				.until(() -> this.meters.ofPool(name).size() == before && this.meters.ofPool("dataSource").isEmpty());
			assertThat(this.meters.count("connection.guard.opened", "pool", name)).isPositive();
		});
	}

	@Test
	void registryThatFailsFailsNobodyElse(CapturedOutput output) {
		this.meters.registry().config().meterFilter(new MeterFilter() {

			@Override
			public Meter.Id map(Meter.Id id) {
				throw new IllegalStateException("no good");
			}

		});
		this.runner.run((context) -> {
			this.meters.bind(context);
			assertThat(output.getAll().lines().filter((line) -> line.contains("A registry of meters has failed")))
				.hasSize(1);
		});
	}

}
