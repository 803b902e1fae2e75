package io.github.connectionguard.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.github.connectionguard.event.Tally;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;

/**
 * Meters that are in one registry under the same tags, until they are removed together.
 * What is counted is held weakly, what a gauge reads strongly.
 */
final class RegisteredMeters {

	private final MeterRegistry registry;

	private final Tags tags;

	private final List<Meter> meters = new ArrayList<>();

	RegisteredMeters(MeterRegistry registry, Tags tags) {
		this.registry = registry;
		this.tags = tags;
	}

	/**
	 * Register what counts how often something has happened.
	 * @param further the tags it has beside those of all, keys and values in turn
	 */
	void count(String name, String unit, String description, Tally tally, String... further) {
		count(FunctionCounter.builder(name, tally, Tally::count).tags(further).baseUnit(unit).description(description));
	}

	/**
	 * Register what counts something else.
	 */
	void count(FunctionCounter.Builder<?> counter) {
		this.meters.add(counter.tags(this.tags).register(this.registry));
	}

	/**
	 * Register what counts how often something has happened, and how long it took.
	 * @param further the tags it has beside those of all, keys and values in turn
	 */
	void time(String name, String description, Tally tally, String... further) {
		this.meters.add(FunctionTimer.builder(name, tally, Tally::count, Tally::nanos, TimeUnit.NANOSECONDS)
			.tags(this.tags.and(further))
			.description(description)
			.register(this.registry));
	}

	void gauge(Gauge.Builder<?> gauge) {
		this.meters.add(gauge.tags(this.tags).strongReference(true).register(this.registry));
	}

	<T> void gaugeTime(String name, String description, T measured, ToDoubleFunction<T> seconds) {
		this.meters.add(TimeGauge.builder(name, measured, TimeUnit.SECONDS, seconds)
			.tags(this.tags)
			.description(description)
			.strongReference(true)
			.register(this.registry));
	}

	void remove() {
		this.meters.forEach(this.registry::remove);
	}

}
