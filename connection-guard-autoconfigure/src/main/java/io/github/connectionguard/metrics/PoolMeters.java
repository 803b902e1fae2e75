package io.github.connectionguard.metrics;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.event.PoolCounts;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.PoolLeases;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.outcome.UnitEnd;
import io.github.connectionguard.report.ConnectionReport;
import io.github.connectionguard.report.ServerReport;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The meters of one pool in one registry. The pool's own name is their tag {@code pool},
 * as of HikariCP's meters, and the name of its bean their tag {@code name}, as of Spring
 * Boot's. Registries hold counted objects weakly: the pool holds its counts.
 */
final class PoolMeters {

	private static final String DATA_SOURCE = "dataSource";

	private static final String CONNECTIONS = "connections";

	private final String pool;

	private final RegisteredMeters meters;

	/**
	 * Create the meters of a pool, none of which is registered.
	 * @param registry where they are to be
	 * @param pool the pool's own name
	 * @param beanName the name of its bean
	 */
	PoolMeters(MeterRegistry registry, String pool, String beanName) {
		this.pool = pool;
		this.meters = new RegisteredMeters(registry, Tags.of("pool", pool, "name", withoutSuffix(beanName)));
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
		this.meters.remove();
	}

	private void registerConnections(PoolCounts counts) {
		this.meters.count("connection.guard.opened", CONNECTIONS, "Connections that were opened", counts.opened());
		this.meters.count("connection.guard.retired", CONNECTIONS,
				"Connections that were closed without having been lost", counts.retired());
		this.meters.count("connection.guard.leaked", CONNECTIONS, "Connections that were not given back",
				counts.leaked());
		this.meters.count("connection.guard.swept", CONNECTIONS,
				"Connections that were pinged for being under suspicion", counts.swept());
		this.meters.count("connection.guard.replaced", CONNECTIONS,
				"Connections that were evicted since the server has changed", counts.replaced());
		for (boolean unknown : new boolean[] { true, false }) {
			this.meters.count("connection.guard.failed.commits", "commits", "Commits that failed",
					counts.failedCommits(unknown), "unknown", String.valueOf(unknown));
		}
	}

	private void registerUnits(GuardedPool measured, PoolCounts counts) {
		for (UnitEnd end : UnitEnd.values()) {
			this.meters.count(FunctionCounter.builder("connection.guard.units", measured.units(), (of) -> of.count(end))
				.tags("outcome", end.outcome(), "reason", end.reason())
				.baseUnit("units")
				.description("Units of work that have ended"));
		}
		this.meters.time("connection.guard.unit.kept",
				"How long units of work kept their connection after their first write", counts.keptByUnits());
		this.meters.count(FunctionCounter.builder("connection.guard.spared", measured.leases(), PoolLeases::spared)
			.baseUnit("statements")
			.description("Statements that were not sent and would have been without the guard"));
	}

	private void registerDeaths(PoolCounts counts) {
		for (LossCause cause : LossCause.values()) {
			String[] ofCause = { "cause", cause.name().toLowerCase(Locale.ROOT) };
			this.meters.count("connection.guard.deaths", "deaths", "Connections that were lost",
					counts.ageAtDeath(cause), ofCause);
			this.meters.count("connection.guard.explained", "deaths",
					"Lost connections whose cause was found out later", counts.explained(cause), ofCause);
			this.meters.time("connection.guard.death.age", "How old lost connections were", counts.ageAtDeath(cause),
					ofCause);
			this.meters.time("connection.guard.death.quiet",
					"How long the server had not been heard on lost connections", counts.quietAtDeath(cause), ofCause);
		}
	}

	private void registerServer(PoolCounts counts) {
		for (boolean answered : new boolean[] { true, false }) {
			this.meters.time("connection.guard.pings", "How long pings took until they were answered or given up",
					counts.pings(answered), "answered", String.valueOf(answered));
		}
		this.meters.count("connection.guard.logins", "logins", "Logins in which the server was asked how it is",
				counts.logins());
		this.meters.time("connection.guard.outages", "How long outages lasted that are over", counts.outages());
		this.meters.gauge(Gauge.builder("connection.guard.outage", counts, (known) -> known.isAway() ? 1 : 0)
			.description("Whether the server cannot be reached"));
	}

	private void registerHeadroom(GuardedPool measured) {
		this.meters.gauge(Gauge.builder("connection.guard.headroom", measured, PoolMeters::headroom)
			.baseUnit(CONNECTIONS)
			.description("How many connections more the server would have let in when it was asked last"));
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
		this.meters.gaugeTime("connection.guard.nearest.deadline",
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

	private void limit(String name, String description, GuardedPool measured, Function<LifetimePlan, Duration> limit) {
		this.meters.gaugeTime(name, description, measured, (of) -> seconds(Stream.ofNullable(of.plan()).map(limit)));
	}

}
