package io.github.connectionguard.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import io.github.connectionguard.PoolCare;
import io.github.connectionguard.datasource.HikariGuarding;
import io.github.connectionguard.event.GuardEventListener;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the guard last and stops it first, long before any pool closes. Listeners are
 * told of what happens meanwhile. In a context below that of the guard, only adds its
 * pools and listeners for as long as it runs.
 */
final class GuardLifecycle implements SmartInitializingSingleton, SmartLifecycle {

	private final PoolCare care;

	private final HikariGuarding guarding;

	private final ApplicationContext context;

	private final boolean first;

	private List<Runnable> ends = List.of();

	/**
	 * Create the lifecycle of a context.
	 * @param care the guard
	 * @param guarding what meets the pools of the context
	 * @param context the context
	 * @param first whether the guard is in this context, and not in one above
	 */
	GuardLifecycle(PoolCare care, HikariGuarding guarding, ApplicationContext context, boolean first) {
		this.care = care;
		this.guarding = guarding;
		this.context = context;
		this.first = first;
	}

	/**
	 * Meet pools in contexts above, which nobody has met in the context of the guard.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		ApplicationContext parent = this.context.getParent();
		if (this.first && parent != null) {
			this.guarding.meet(parent);
		}
	}

	@Override
	public void start() {
		List<Runnable> started = new ArrayList<>();
		listeners().map(this.care.events()::subscribe).forEach(started::add);
		started.add(this.care.lookForPools(this.guarding::findAddedPools));
		this.ends = started;
		if (this.first) {
			this.care.start();
		}
	}

	private Stream<GuardEventListener> listeners() {
		Stream<GuardEventListener> all = this.context.getBeanProvider(GuardEventListener.class).orderedStream();
		if (this.first) {
			return all;
		}
		Collection<GuardEventListener> own = this.context.getBeansOfType(GuardEventListener.class).values();
		return all.filter(own::contains);
	}

	@Override
	public void stop() {
		if (this.first) {
			this.care.stop();
		}
		this.ends.forEach(Runnable::run);
		this.ends = List.of();
	}

	@Override
	public boolean isRunning() {
		return !this.ends.isEmpty();
	}

}
