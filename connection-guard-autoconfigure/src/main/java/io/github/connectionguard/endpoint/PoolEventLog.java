package io.github.connectionguard.endpoint;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.endpoint.detail.RecordValue;
import io.github.connectionguard.event.FlightRecorder;
import io.github.connectionguard.event.GuardEvent;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to pools lately, as the endpoint tells it. Thread-safe.
 */
final class PoolEventLog {

	/**
	 * How many events are told at most.
	 */
	static final int MOST = 200;

	private static final Set<String> TOLD_BESIDE = Set.of("pool", "at");

	private static final String PLACE = "place";

	private final FlightRecorder recorder;

	PoolEventLog(FlightRecorder recorder) {
		this.recorder = recorder;
	}

	/**
	 * Return what is known to have happened to a pool.
	 * @param names the names it has had
	 * @return the events, the latest first
	 */
	List<GuardEvent> of(Set<String> names) {
		List<GuardEvent> events = this.recorder.events()
			.stream()
			.filter((event) -> names.contains(event.pool()))
			.collect(Collectors.toList());
		Collections.reverse(events);
		return events;
	}

	/**
	 * Tell of events.
	 * @param events the events
	 * @param cause the cause of the losses to be told alone, or {@code null} to tell of
	 * everything
	 * @param values decides what is shown
	 * @return the first ones
	 */
	static EventsDescriptor describe(List<GuardEvent> events, @Nullable LossCause cause, ShownValues values) {
		return new EventsDescriptor(events.stream()
			.filter((event) -> cause == null || isOf(event, cause))
			.limit(MOST)
			.map((event) -> describe(event, values))
			.toList());
	}

	private static boolean isOf(GuardEvent event, LossCause cause) {
		return (event instanceof GuardEvent.ConnectionLost lost && lost.cause() == cause)
				|| (event instanceof GuardEvent.LossExplained explained && explained.cause() == cause);
	}

	private static Map<String, Object> describe(GuardEvent event, ShownValues values) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("type", event.getClass().getSimpleName());
		fields.put("at", Rounded.of(event.at()));
		for (RecordComponent component : event.getClass().getRecordComponents()) {
			if (!TOLD_BESIDE.contains(component.getName())) {
				Object value = component.getName().equals(PLACE) ? values.place((String) value(event, component))
						: value(event, component);
				if (value != null) {
					fields.put(component.getName(), value);
				}
			}
		}
		return fields;
	}

	private static @Nullable Object value(GuardEvent event, RecordComponent component) {
		Object value = RecordValue.of(event, component);
		return (value != null) ? Rounded.of(value) : null;
	}

}
