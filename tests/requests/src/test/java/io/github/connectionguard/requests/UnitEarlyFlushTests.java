package io.github.connectionguard.requests;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.connectionguard.requests.EarlyFlushController.Failure;

/**
 * Tests for responses that are sent in part before the work has ended, in mode
 * {@code unit}, where a transaction commits at its own end what went before.
 */
class UnitEarlyFlushTests extends EarlyFlushMatrix {

	private static final Set<Failure> AFTER = EnumSet.of(Failure.THROWN_AFTER, Failure.HANDLED_AFTER,
			Failure.KILLED_AFTER);

	UnitEarlyFlushTests() {
		super("unit");
	}

	@Override
	List<String> kept(String path, Failure failure) {
		return (!path.equals("result") && AFTER.contains(failure)) ? List.of("before", "inside") : List.of();
	}

}
