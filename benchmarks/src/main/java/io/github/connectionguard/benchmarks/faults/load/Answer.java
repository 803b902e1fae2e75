package io.github.connectionguard.benchmarks.faults.load;

/**
 * What a request came to.
 *
 * @param application the application that was asked
 * @param id the key of the row
 * @param isWrite whether the row was to be written
 * @param begin when it was sent, by the clock of {@link System#nanoTime()}, which is one
 * for all processes
 * @param end when it was answered
 * @param failure why it failed, empty if it did not
 */
public record Answer(String application, long id, boolean isWrite, long begin, long end, String failure) {

	static final String MARK = "@@";

	private static final int WORDS = 7;

	/**
	 * Whether its user was told a failure, or nothing.
	 * @return {@code true} if so
	 */
	public boolean failed() {
		return !this.failure.isEmpty();
	}

	public long nanos() {
		return this.end - this.begin;
	}

	String toLine() {
		return "%s %s %d %b %d %d %s".formatted(MARK, this.application, this.id, this.isWrite, this.begin, this.end,
				this.failure.replace('\n', ' '));
	}

	static Answer of(String line) {
		String[] words = line.split(" ", WORDS);
		return new Answer(words[1], Long.parseLong(words[2]), Boolean.parseBoolean(words[3]), Long.parseLong(words[4]),
				Long.parseLong(words[5]), words[6]);
	}

}
