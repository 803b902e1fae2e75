package io.github.connectionguard.autoconfigure;

import java.util.List;

import io.github.connectionguard.PoolCare;
import io.github.connectionguard.event.GuardEventListener;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the guard last and stops it first, long before any pool closes. Listeners are
 * told of what happens meanwhile.
 */
final class GuardLifecycle implements SmartLifecycle {

	private final PoolCare care;

	private final ObjectProvider<GuardEventListener> listeners;

	private List<Runnable> subscriptions = List.of();

	GuardLifecycle(PoolCare care, ObjectProvider<GuardEventListener> listeners) {
		this.care = care;
		this.listeners = listeners;
	}

	@Override
	public void start() {
		this.subscriptions = this.listeners.orderedStream().map(this.care.events()::subscribe).toList();
		this.care.start();
	}

	@Override
	public void stop() {
		this.care.stop();
		this.subscriptions.forEach(Runnable::run);
	}

	@Override
	public boolean isRunning() {
		return this.care.isRunning();
	}

}
