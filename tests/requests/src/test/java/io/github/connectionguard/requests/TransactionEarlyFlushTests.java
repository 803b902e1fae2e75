package io.github.connectionguard.requests;

import java.util.List;

import io.github.connectionguard.requests.EarlyFlushController.Failure;

/**
 * Tests for responses that are sent in part before the work has ended, in mode
 * {@code transaction}, where all of a request is one transaction.
 */
class TransactionEarlyFlushTests extends EarlyFlushMatrix {

	TransactionEarlyFlushTests() {
		super("transaction");
	}

	@Override
	List<String> kept(String path, Failure failure) {
		return List.of();
	}

}
