package io.github.connectionguard.metrics;

import java.util.Locale;

import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.outcome.UnitEnd;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the loss of a connection, and the rollback of a unit of work, an event of what is
 * being observed on the thread that meets it, if anything is. Thread-safe.
 */
public final class ObservedEvents {

	private static final Logger logger = LoggerFactory.getLogger(ObservedEvents.class);

	private final ObservationRegistry registry;

	/**
	 * Create what does so.
	 * @param registry knows what is being observed
	 */
	public ObservedEvents(ObservationRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Something has happened on the current thread.
	 * @param event what has
	 */
	public void happened(GuardEvent event) {
		if (event instanceof GuardEvent.ConnectionLost lost) {
			tell("connection.lost", "connection lost: " + text(lost.cause()));
		}
	}

	/**
	 * A unit of work has ended on the current thread.
	 * @param end how
	 */
	public void ended(UnitEnd end) {
		if (end.isRollback()) {
			tell("session.rolled.back", "session rolled back: " + text(end));
		}
	}

	private static String text(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	private void tell(String name, String inContext) {
		try {
			Observation observed = this.registry.getCurrentObservation();
			if (observed != null) {
				observed.event(Observation.Event.of(name, inContext));
			}
		}
		catch (RuntimeException | Error ex) {
			logger.debug("An event could not be told to what is observed", ex);
		}
	}

}
