package io.github.connectionguard.autoconfigure;

import java.util.List;

import io.github.connectionguard.ConnectionGuard;
import io.github.connectionguard.event.GuardEventListener;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the guard last and stops it first, long before any pool closes. Listeners are
 * told of what happens meanwhile.
 */
final class GuardLifecycle implements SmartLifecycle {

	private final ConnectionGuard guard;

	private final ObjectProvider<GuardEventListener> listeners;

	private List<Runnable> subscriptions = List.of();

	GuardLifecycle(ConnectionGuard guard, ObjectProvider<GuardEventListener> listeners) {
		this.guard = guard;
		this.listeners = listeners;
	}

	@Override
	public void start() {
		this.subscriptions = this.listeners.orderedStream().map(this.guard.events()::subscribe).toList();
		this.guard.start();
	}

	@Override
	public void stop() {
		this.guard.stop();
		this.subscriptions.forEach(Runnable::run);
	}

	@Override
	public boolean isRunning() {
		return this.guard.isRunning();
	}

}
