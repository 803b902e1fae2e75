package io.github.connectionguard.session;

import java.util.concurrent.Future;
import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.scheduling.annotation.Async;

/**
 * Puts a session around each {@link Async @Async} method, on the thread that runs it: it
 * ends before the future of the method is completed, which fails if the commit fails, and
 * sees what the method threw before Spring makes a future or a line in the log of it.
 * Does nothing unless it is declared as a bean, by a static method.
 */
public final class AsyncMethodSessions extends AbstractBeanFactoryAwareAdvisingPostProcessor {

	/**
	 * Create sessions of asynchronous methods.
	 * @param scope puts a session around code; asked for when a method is called
	 */
	public AsyncMethodSessions(Supplier<DatabaseSessionScope> scope) {
		MethodInterceptor interceptor = (invocation) -> invoke(scope.get(), invocation);
		this.advisor = new DefaultPointcutAdvisor(
				new ComposablePointcut(new AnnotationMatchingPointcut(Async.class, true))
					.union(new AnnotationMatchingPointcut(null, Async.class, true)),
				interceptor);
	}

	private static @Nullable Object invoke(DatabaseSessionScope scope, MethodInvocation invocation) throws Throwable {
		return scope.call(() -> {
			Object result = invocation.proceed();
			if (result instanceof Future<?> future) {
				scope.endAs(future);
			}
			return new Result(result);
		}).value();
	}

	/**
	 * What a method returned.
	 */
	private record Result(@Nullable Object value) {

	}

}
