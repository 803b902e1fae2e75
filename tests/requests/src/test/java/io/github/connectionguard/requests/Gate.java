package io.github.connectionguard.requests;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Component;

/**
 * Where a test lets work of a request wait, and sees that it does. For one request at a
 * time.
 */
@Component
class Gate {

	private volatile CountDownLatch reached = new CountDownLatch(1);

	private volatile CountDownLatch open = new CountDownLatch(1);

	void close() {
		this.reached = new CountDownLatch(1);
		this.open = new CountDownLatch(1);
	}

	void open() {
		this.open.countDown();
	}

	boolean isOpen() {
		return this.open.getCount() == 0;
	}

	boolean isReached() {
		return this.reached.getCount() == 0;
	}

	/**
	 * Wait until the gate is opened, for ten seconds at most.
	 * @return whether it was opened
	 */
	boolean pass() throws InterruptedException {
		this.reached.countDown();
		return this.open.await(10, TimeUnit.SECONDS);
	}

}
