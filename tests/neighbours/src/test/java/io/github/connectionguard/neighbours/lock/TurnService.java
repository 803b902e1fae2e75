package io.github.connectionguard.neighbours.lock;

import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;

/**
 * What is done by one at a time, called by whichever thread.
 */
public class TurnService {

	private final LockApplication.Lines lines;

	TurnService(LockApplication.Lines lines) {
		this.lines = lines;
	}

	/**
	 * Write a row. Not to be done by anybody else while it is.
	 */
	@SchedulerLock(name = "turn")
	public void take() {
		this.lines.write("taken");
	}

}
