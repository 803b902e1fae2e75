package io.github.connectionguard.benchmarks.scale;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.github.connectionguard.connection.PingResult;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.keepalive.KeepaliveSettings;
import io.github.connectionguard.keepalive.KeepaliveWalk;

/**
 * What the guard's care for one pool costs while nothing happens to it.
 */
final class PoolCosts {

	private static final int WALKS = 500;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final GuardedPool pool;

	PoolCosts(GuardedPool pool) {
		this.pool = pool;
	}

	/**
	 * Return the nanoseconds of processor time that a walk takes by which nothing is
	 * pinged, as the median of many.
	 */
	long quietWalk() {
		KeepaliveWalk walk = new KeepaliveWalk(this.pool, new KeepaliveSettings(true, Duration.ofMinutes(30)),
				(ping) -> {
					throw new IllegalStateException("A connection was due");
				});
		for (int i = 0; i < WALKS; i++) {
			walk.walk();
		}
		long[] times = new long[WALKS];
		for (int i = 0; i < WALKS; i++) {
			long begin = THREADS.getCurrentThreadCpuTime();
			walk.walk();
			times[i] = THREADS.getCurrentThreadCpuTime() - begin;
		}
		Arrays.sort(times);
		return times[WALKS / 2];
	}

	/**
	 * Return the nanoseconds of processor time that the guard's timer takes a second.
	 */
	long timer(Duration time) throws InterruptedException {
		long timer = Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
			.filter((thread) -> thread != null && thread.getThreadName().equals("connection-guard-timer"))
			.findFirst()
			.orElseThrow()
			.getThreadId();
		long begin = THREADS.getThreadCpuTime(timer);
		Thread.sleep(time.toMillis());
		return (THREADS.getThreadCpuTime(timer) - begin) / time.toSeconds();
	}

	/**
	 * Return the nanoseconds of processor time that this process takes for each ping,
	 * with all there is to it.
	 */
	long ping(Duration time) throws InterruptedException {
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		long pings = pings();
		long begin = system.getProcessCpuTime();
		Thread.sleep(time.toMillis());
		PingResult last = this.pool.ledger().lastPing();
		if (last == null || !last.alive()) {
			throw new IllegalStateException("The last ping was " + last);
		}
		return (system.getProcessCpuTime() - begin) / (pings() - pings);
	}

	private long pings() {
		return this.pool.events().counts().pings(true).count();
	}

}
