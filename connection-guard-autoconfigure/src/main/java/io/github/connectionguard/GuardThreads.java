package io.github.connectionguard;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The daemon threads of one run of the guard.
 */
final class GuardThreads {

	private final AtomicInteger created = new AtomicInteger();

	private final ScheduledExecutorService timer = timer((task) -> daemon(task, "connection-guard-timer"));

	private final ExecutorService workers = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS,
			new SynchronousQueue<>(),
			(task) -> daemon(task, "connection-guard-worker-" + this.created.incrementAndGet()),
			new ThreadPoolExecutor.DiscardPolicy());

	private static ScheduledExecutorService timer(ThreadFactory factory) {
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, factory,
				new ThreadPoolExecutor.DiscardPolicy());
		timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		return timer;
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Return the one thread that keeps the time.
	 */
	ScheduledExecutorService timer() {
		return this.timer;
	}

	/**
	 * Return the threads on which to wait for a server.
	 */
	ExecutorService workers() {
		return this.workers;
	}

}
