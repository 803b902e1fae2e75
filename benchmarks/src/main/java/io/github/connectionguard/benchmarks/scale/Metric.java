package io.github.connectionguard.benchmarks.scale;

/**
 * What is measured of many connections and of many guards.
 */
enum Metric {

	/**
	 * The heap that a pool takes with the guard, and does not without.
	 */
	HEAP("heap beyond the driver's", "kB"),

	/**
	 * The same for each connection.
	 */
	MEMORY("memory of a further connection beyond the driver's", "kB"),

	/**
	 * The buffers outside the heap.
	 */
	DIRECT("buffers outside the heap", "kB"),

	/**
	 * Open descriptors of the process.
	 */
	DESCRIPTORS("descriptors", ""),

	/**
	 * Threads while nothing happens.
	 */
	THREADS("threads", ""),

	/**
	 * The most threads while all connections are due for a ping at the same time.
	 */
	MOST_THREADS("most threads", ""),

	/**
	 * Processor time of a walk when nothing is due.
	 */
	WALK("quiet walk", "ms"),

	/**
	 * Processor time a second of the thread that keeps the time.
	 */
	TIMER("timer, a second", "ms"),

	/**
	 * Processor time for each ping when all are due.
	 */
	PING("ping", "ms"),

	/**
	 * From meeting a death until it is told and all others were looked at.
	 */
	DEATH("after a death", "ms"),

	/**
	 * From the first ping in a silence until all others have answered theirs.
	 */
	SILENCE("after a silence", "ms"),

	/**
	 * Logins of all applications after a restart.
	 */
	LOGINS("logins", ""),

	/**
	 * The most of them in one second.
	 */
	LOGINS_IN_A_SECOND("most in a second", ""),

	/**
	 * From the server being there until all pools are full.
	 */
	FULL("full after", "s"),

	/**
	 * Requests that failed.
	 */
	FAILED("failed requests", ""),

	/**
	 * Handshakes that the server counts as interrupted.
	 */
	INTERRUPTED("interrupted handshakes", ""),

	/**
	 * Logins for which there was no place.
	 */
	TURNED_AWAY("turned away", "");

	private final String label;

	private final String unit;

	Metric(String label, String unit) {
		this.label = label;
		this.unit = unit;
	}

	String label() {
		return this.label;
	}

	String unit() {
		return this.unit;
	}

}
