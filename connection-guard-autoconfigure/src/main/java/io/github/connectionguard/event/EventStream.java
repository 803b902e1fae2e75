package io.github.connectionguard.event;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what happens to those who want to know: at once into a {@link FlightRecorder},
 * and to each listener on a thread of its own, so that none can harm or delay the guard
 * or another one. The threads are daemons, and end when there is nothing to tell.
 * Thread-safe.
 */
public final class EventStream {

	/**
	 * How many events a listener may be behind.
	 */
	private static final int BACKLOG = 1000;

	private static final Logger logger = LoggerFactory.getLogger(EventStream.class);

	private final FlightRecorder recorder = new FlightRecorder();

	private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

	private volatile Consumer<GuardEvent> onItsThread = (event) -> {
	};

	/**
	 * Tell everybody what has happened. Waits for nobody and does not throw.
	 * @param event what has happened
	 */
	public void publish(GuardEvent event) {
		this.recorder.record(event);
		this.onItsThread.accept(event);
		for (Subscription subscription : this.subscriptions) {
			subscription.deliver(event);
		}
	}

	/**
	 * Have somebody told of what happens from now on, on the thread that notices it.
	 * @param told must neither block nor throw
	 */
	public synchronized void whenNoticed(Consumer<GuardEvent> told) {
		this.onItsThread = this.onItsThread.andThen(told);
	}

	/**
	 * Have somebody told of what happens from now on.
	 * @param listener who is told
	 * @return ends that, also for what it is behind with
	 */
	public Runnable subscribe(GuardEventListener listener) {
		Subscription added = new Subscription(listener);
		this.subscriptions.add(added);
		return () -> {
			this.subscriptions.remove(added);
			added.end();
		};
	}

	/**
	 * Return the recorder of the latest events.
	 * @return the recorder
	 */
	public FlightRecorder recorder() {
		return this.recorder;
	}

	/**
	 * One listener, with what it has not been told yet.
	 */
	private static final class Subscription {

		private final GuardEventListener listener;

		private final Executor thread = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS,
				new ArrayBlockingQueue<>(BACKLOG), Subscription::newThread,
				new ThreadPoolExecutor.DiscardOldestPolicy());

		private final AtomicBoolean toldFailure = new AtomicBoolean();

		private volatile boolean ended;

		Subscription(GuardEventListener listener) {
			this.listener = listener;
		}

		private static Thread newThread(Runnable work) {
			Thread thread = new Thread(work, "connection-guard-events");
			thread.setDaemon(true);
			return thread;
		}

		void deliver(GuardEvent event) {
			try {
				this.thread.execute(() -> tell(event));
			}
			catch (RuntimeException | Error ex) {
				failed(ex); // no thread to be had
			}
		}

		void end() {
			this.ended = true;
		}

		private void tell(GuardEvent event) {
			try {
				if (!this.ended) {
					this.listener.onEvent(event);
				}
			}
			catch (RuntimeException | Error ex) {
				failed(ex);
			}
		}

		private void failed(Throwable failure) {
			if (this.toldFailure.compareAndSet(false, true)) {
				logger.warn("A listener of the guard's events has failed and misses what it failed at ({}; further "
						+ "failures at DEBUG)", this.listener.getClass().getName(), failure);
			}
			else {
				logger.debug("A listener of the guard's events has failed", failure);
			}
		}

	}

}
