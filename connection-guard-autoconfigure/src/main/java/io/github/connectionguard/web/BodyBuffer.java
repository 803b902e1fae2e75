package io.github.connectionguard.web;

import jakarta.servlet.ServletResponse;

/**
 * What a container keeps of a body until it sends something: not what it says, but what
 * it was asked for. A container has to keep as much as it was asked for, and refuses the
 * question when it has a part of a body already; what it keeps by default is its own
 * affair, and may be less than the size of its buffer. As thread-safe as a response is.
 */
final class BodyBuffer {

	/**
	 * No length is announced. Containers take it as such, too.
	 */
	static final long UNKNOWN = -1;

	private final ServletResponse container;

	private boolean asked;

	private boolean taken;

	private int size = Integer.MAX_VALUE;

	private long written;

	private long announced = UNKNOWN;

	BodyBuffer(ServletResponse container) {
		this.container = container;
	}

	/**
	 * Take note of bytes that are about to be written.
	 * @return whether the container may send something when it is given them
	 */
	boolean isFullWith(long bytes) {
		if (!this.asked) {
			this.asked = true;
			ask();
		}
		this.written += bytes;
		return this.taken || this.written >= this.size || (this.announced != UNKNOWN && this.written >= this.announced);
	}

	/**
	 * Have the container keep as much as its buffer takes. Once it has had a buffer of a
	 * size, it may go on with that one.
	 */
	private void ask() {
		try {
			int offered = this.container.getBufferSize();
			this.container.setBufferSize(offered);
			this.size = Math.min(this.size, offered);
		}
		catch (IllegalStateException ex) {
			this.taken = true; // by an earlier dispatch or a filter
		}
	}

	/**
	 * Note the length after which the container sends.
	 */
	void announce(long length) {
		this.announced = length;
	}

	/**
	 * Note that the container has forgotten what was written.
	 */
	void clear() {
		this.asked = false;
		this.taken = false;
		this.written = 0;
	}

}
