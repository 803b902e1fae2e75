package io.github.connectionguard.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.event.PoolCounts;
import io.github.connectionguard.event.Tally;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.PoolLeases;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.outcome.UnitEnd;
import io.github.connectionguard.report.ConnectionReport;
import io.github.connectionguard.report.ServerReport;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;

/**
 * The meters of one pool in one registry. The pool's own name is their tag {@code pool},
 * as of HikariCP's meters, and the name of its bean their tag {@code name}, as of Spring
 * Boot's. Registries hold counted objects weakly: the pool holds its counts.
 */
final class PoolMeters {

	private static final String DATA_SOURCE = "dataSource";

	private static final String CONNECTIONS = "connections";

	private final MeterRegistry registry;

	private final String pool;

	private final Tags tags;

	private final List<Meter> meters = new ArrayList<>();

	/**
	 * Create the meters of a pool, none of which is registered.
	 * @param registry where they are to be
	 * @param pool the pool's own name
	 * @param beanName the name of its bean
	 */
	PoolMeters(MeterRegistry registry, String pool, String beanName) {
		this.registry = registry;
		this.pool = pool;
		this.tags = Tags.of("pool", pool, "name", withoutSuffix(beanName));
	}

	/**
	 * Return a bean's name as Spring Boot's {@code jdbc.connections} are tagged with it.
	 */
	static String withoutSuffix(String beanName) {
		int length = beanName.length() - DATA_SOURCE.length();
		return (length > 0 && beanName.regionMatches(true, length, DATA_SOURCE, 0, DATA_SOURCE.length()))
				? beanName.substring(0, length) : beanName;
	}

	String pool() {
		return this.pool;
	}

	void register(GuardedPool measured) {
		PoolCounts counts = measured.events().counts();
		registerConnections(counts);
		registerUnits(measured, counts);
		registerDeaths(counts);
		registerServer(counts);
		registerHeadroom(measured);
		registerLimits(measured);
	}

	void remove() {
		this.meters.forEach(this.registry::remove);
	}

	private void registerConnections(PoolCounts counts) {
		count("connection.guard.opened", CONNECTIONS, "Connections that were opened", counts.opened(), this.tags);
		count("connection.guard.retired", CONNECTIONS, "Connections that were closed without having been lost",
				counts.retired(), this.tags);
		count("connection.guard.leaked", CONNECTIONS, "Connections that were not given back", counts.leaked(),
				this.tags);
		count("connection.guard.swept", CONNECTIONS, "Connections that were pinged for being under suspicion",
				counts.swept(), this.tags);
		count("connection.guard.replaced", CONNECTIONS, "Connections that were evicted since the server has changed",
				counts.replaced(), this.tags);
		for (boolean unknown : new boolean[] { true, false }) {
			count("connection.guard.failed.commits", "commits", "Commits that failed", counts.failedCommits(unknown),
					this.tags.and("unknown", String.valueOf(unknown)));
		}
	}

	private void registerUnits(GuardedPool measured, PoolCounts counts) {
		for (UnitEnd end : UnitEnd.values()) {
			this.meters.add(FunctionCounter.builder("connection.guard.units", measured.units(), (of) -> of.count(end))
				.tags(this.tags.and("outcome", end.outcome(), "reason", end.reason()))
				.baseUnit("units")
				.description("Units of work that have ended")
				.register(this.registry));
		}
		time("connection.guard.unit.kept", "How long units of work kept their connection after their first write",
				counts.keptByUnits(), this.tags);
		this.meters.add(FunctionCounter.builder("connection.guard.spared", measured.leases(), PoolLeases::spared)
			.tags(this.tags)
			.baseUnit("statements")
			.description("Statements that were not sent and would have been without the guard")
			.register(this.registry));
	}

	private void registerDeaths(PoolCounts counts) {
		for (LossCause cause : LossCause.values()) {
			Tags ofCause = this.tags.and("cause", cause.name().toLowerCase(Locale.ROOT));
			count("connection.guard.deaths", "deaths", "Connections that were lost", counts.ageAtDeath(cause), ofCause);
			count("connection.guard.explained", "deaths", "Lost connections whose cause was found out later",
					counts.explained(cause), ofCause);
			time("connection.guard.death.age", "How old lost connections were", counts.ageAtDeath(cause), ofCause);
			time("connection.guard.death.quiet", "How long the server had not been heard on lost connections",
					counts.quietAtDeath(cause), ofCause);
		}
	}

	private void registerServer(PoolCounts counts) {
		for (boolean answered : new boolean[] { true, false }) {
			time("connection.guard.pings", "How long pings took until they were answered or given up",
					counts.pings(answered), this.tags.and("answered", String.valueOf(answered)));
		}
		count("connection.guard.logins", "logins", "Logins in which the server was asked how it is", counts.logins(),
				this.tags);
		time("connection.guard.outages", "How long outages lasted that are over", counts.outages(), this.tags);
		this.meters.add(Gauge.builder("connection.guard.outage", counts, (known) -> known.isAway() ? 1 : 0)
			.tags(this.tags)
			.description("Whether the server cannot be reached")
			.strongReference(true)
			.register(this.registry));
	}

	private void registerHeadroom(GuardedPool measured) {
		this.meters.add(Gauge.builder("connection.guard.headroom", measured, PoolMeters::headroom)
			.tags(this.tags)
			.baseUnit(CONNECTIONS)
			.description("How many connections more the server would have let in when it was asked last")
			.strongReference(true)
			.register(this.registry));
	}

	private static double headroom(GuardedPool measured) {
		ServerReport.Load load = measured.server().load();
		Long headroom = (load != null) ? load.headroom() : null;
		return (headroom != null) ? headroom : Double.NaN;
	}

	private void registerLimits(GuardedPool measured) {
		limit("connection.guard.idle.limit", "How long a connection may be idle until it is cut", measured,
				LifetimePlan::limit);
		limit("connection.guard.max.lifetime", "The planned maximum age of connections", measured,
				LifetimePlan::maxLifetime);
		limit("connection.guard.keepalive.interval", "The longest that idle connections stay quiet, as planned",
				measured, LifetimePlan::keepalive);
		gauge("connection.guard.nearest.deadline",
				"The time until the first of the connections reaches its planned maximum age", measured,
				(of) -> seconds(of.leases().reports().stream().flatMap(PoolMeters::untilDeadline)));
	}

	private static Stream<Duration> untilDeadline(ConnectionReport connection) {
		return Stream.ofNullable(connection.plan()).map((plan) -> plan.maxLifetime().minus(connection.age()));
	}

	/**
	 * Return the least of some times.
	 */
	private static double seconds(Stream<Duration> times) {
		return times.mapToDouble((time) -> time.toMillis() / 1000.0).min().orElse(Double.NaN);
	}

	private void count(String name, String unit, String description, Tally tally, Tags its) {
		this.meters.add(FunctionCounter.builder(name, tally, Tally::count)
			.tags(its)
			.baseUnit(unit)
			.description(description)
			.register(this.registry));
	}

	private void time(String name, String description, Tally tally, Tags its) {
		this.meters.add(FunctionTimer.builder(name, tally, Tally::count, Tally::nanos, TimeUnit.NANOSECONDS)
			.tags(its)
			.description(description)
			.register(this.registry));
	}

	private void limit(String name, String description, GuardedPool measured, Function<LifetimePlan, Duration> limit) {
		gauge(name, description, measured, (of) -> seconds(Stream.ofNullable(of.plan()).map(limit)));
	}

	private void gauge(String name, String description, GuardedPool measured, ToDoubleFunction<GuardedPool> seconds) {
		this.meters.add(TimeGauge.builder(name, measured, TimeUnit.SECONDS, seconds)
			.tags(this.tags)
			.description(description)
			.strongReference(true)
			.register(this.registry));
	}

}
