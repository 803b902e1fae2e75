package io.github.connectionguard.session;

import java.util.concurrent.Future;

import org.springframework.core.task.TaskDecorator;

/**
 * Puts a session around each task of an executor, on the thread that runs it. A task that
 * was submitted keeps what it threw in its future, which is looked at, but it also
 * completes the future before the session ends; where somebody waits for the outcome, use
 * {@link DatabaseSessionScope#call} in the task. The same goes for {@code @Async}
 * methods, which {@link AsyncMethodSessions} are for. Thread-safe.
 */
public final class SessionTaskDecorator implements TaskDecorator {

	private final DatabaseSessionScope scope;

	/**
	 * Create a decorator.
	 * @param scope puts a session around code
	 */
	public SessionTaskDecorator(DatabaseSessionScope scope) {
		this.scope = scope;
	}

	@Override
	public Runnable decorate(Runnable task) {
		return () -> this.scope.run(() -> {
			task.run();
			if (task instanceof Future<?> future && future.isDone()) {
				this.scope.endAs(future);
			}
		});
	}

}
