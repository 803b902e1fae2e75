package io.github.connectionguard.event;

/**
 * Somebody who wants to know what happens. What a listener throws is told once and harms
 * nobody; one that is slow delays nobody, and misses the oldest of what it has not seen
 * if that becomes too much.
 */
@FunctionalInterface
public interface GuardEventListener {

	/**
	 * Something has happened. Called for one event after the other, in their order, on a
	 * thread that belongs to this listener.
	 * @param event what has happened
	 */
	void onEvent(GuardEvent event);

}
