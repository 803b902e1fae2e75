package io.github.connectionguard.watch;

import io.github.connectionguard.driver.ConnectAttempt;

/**
 * One login to ask a server.
 */
final class Check {

	private final ConnectAttempt attempt = new ConnectAttempt();

	private final long begin;

	private volatile boolean overtaken;

	/**
	 * Create a login that begins now.
	 * @param begin the reading of the ledger's clock
	 */
	Check(long begin) {
		this.begin = begin;
	}

	ConnectAttempt attempt() {
		return this.attempt;
	}

	long begin() {
		return this.begin;
	}

	/**
	 * Note that another one has told what this one was to find out.
	 */
	void overtake() {
		this.overtaken = true;
	}

	boolean isOvertaken() {
		return this.overtaken;
	}

}
