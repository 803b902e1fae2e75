package io.github.connectionguard.data.matrix;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a request from going on after a part of its response was sent, until the client
 * has looked at the database. So a commit that comes too late is seen to be missing. For
 * one request at a time.
 */
final class FirstLook {

	private volatile CountDownLatch taken = new CountDownLatch(0);

	void expect() {
		this.taken = new CountDownLatch(1);
	}

	void taken() {
		this.taken.countDown();
	}

	void await() {
		try {
			if (!this.taken.await(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The client has not looked; nothing was sent to it");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
