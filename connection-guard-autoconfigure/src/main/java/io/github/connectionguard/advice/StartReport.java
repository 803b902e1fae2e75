package io.github.connectionguard.advice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log tells of one pool at its start: one block, as soon as its limits are known
 * and it is decided how sessions run, and the advice after it. Thread-safe.
 */
public final class StartReport {

	private static final Logger logger = LoggerFactory.getLogger(StartReport.class);

	private final Supplier<String> pool;

	private final Set<String> off = new LinkedHashSet<>();

	private final List<String> advice = new ArrayList<>();

	private @Nullable String limits;

	private @Nullable String sessions;

	private boolean told;

	private boolean failed;

	/**
	 * Create a report of which nothing is known.
	 * @param pool the name of the pool
	 */
	public StartReport(Supplier<String> pool) {
		this.pool = pool;
	}

	/**
	 * Note what is known of the pool's limits and what was made of its timers.
	 * @param line what is told of it
	 * @return whether it is part of the block; if not, that was told before
	 */
	public boolean limits(String line) {
		synchronized (this) {
			if (this.told) {
				return false;
			}
			this.limits = line;
		}
		tell();
		return true;
	}

	/**
	 * Note how sessions run on the pool.
	 * @param line what is told of it, empty if there is nothing to tell
	 */
	public void sessions(String line) {
		boolean late;
		synchronized (this) {
			late = this.told && !line.isEmpty() && !line.equals(this.sessions);
			this.sessions = line;
		}
		if (late) {
			logger.info("{} - {}", this.pool.get(), line);
		}
		tell();
	}

	/**
	 * Note what is not done for the pool. Told once, however often it is noted.
	 * @param line what is told of it, with the reason
	 */
	public void off(String line) {
		boolean late;
		synchronized (this) {
			late = this.off.add(line) && this.told;
		}
		if (late) {
			logger.info("{} - {}", this.pool.get(), line);
		}
	}

	/**
	 * Give advice, after the block.
	 * @param lines a line for each piece of it
	 */
	public void advise(List<String> lines) {
		synchronized (this) {
			this.advice.addAll(lines);
		}
		tell();
	}

	/**
	 * Note that the pool could not connect, so that advice need not wait for the block.
	 */
	public void failed() {
		synchronized (this) {
			this.failed = true;
		}
		tell();
	}

	/**
	 * Tell what can be told by now, outside of the lock: whoever writes the log may
	 * block.
	 */
	private void tell() {
		String block;
		List<String> given = List.of();
		synchronized (this) {
			block = block();
			if (this.told || this.failed) {
				given = List.copyOf(this.advice);
				this.advice.clear();
			}
		}
		if (block != null) {
			logger.info("{} - {}", this.pool.get(), block);
		}
		given.forEach((line) -> logger.info("{} - {}", this.pool.get(), line));
	}

	private @Nullable String block() {
		if (this.told || this.limits == null || this.sessions == null) {
			return null;
		}
		this.told = true;
		List<String> lines = new ArrayList<>();
		lines.add(this.limits);
		if (!this.sessions.isEmpty()) {
			lines.add(this.sessions);
		}
		lines.addAll(this.off);
		return String.join("\n\t", lines);
	}

}
