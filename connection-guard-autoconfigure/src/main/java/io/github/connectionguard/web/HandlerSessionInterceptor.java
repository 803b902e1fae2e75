package io.github.connectionguard.web;

import java.lang.reflect.AnnotatedElement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjIntConsumer;

import io.github.connectionguard.session.DatabaseSession;
import io.github.connectionguard.session.NoSession;
import io.github.connectionguard.session.RequestSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Gives a handler the session it asks for with {@link DatabaseSession} or
 * {@link NoSession}, on its method or else on its class. One that is a suspending
 * function of Kotlin's has none, as it may go on on another thread at any moment, which
 * has to find what it wrote before.
 */
public final class HandlerSessionInterceptor implements HandlerInterceptor {

	private static final ObjIntConsumer<RequestSession> AS_BEGUN = (session, status) -> {
	};

	private final Map<MethodClassKey, ObjIntConsumer<RequestSession>> asked = new ConcurrentHashMap<>();

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		RequestSession session = SessionFilter.sessionOf(request);
		if (session != null && handler instanceof HandlerMethod method) {
			this.asked
				.computeIfAbsent(new MethodClassKey(method.getMethod(), method.getBeanType()), (key) -> askedBy(method))
				.accept(session, response.getStatus());
		}
		return true;
	}

	private static ObjIntConsumer<RequestSession> askedBy(HandlerMethod method) {
		if (KotlinDetector.isSuspendingFunction(method.getMethod())) {
			return RequestSession::handOver;
		}
		ObjIntConsumer<RequestSession> asked = askedBy(method.getMethod());
		if (asked == null) {
			asked = askedBy(method.getBeanType());
		}
		return (asked != null) ? asked : AS_BEGUN;
	}

	private static @Nullable ObjIntConsumer<RequestSession> askedBy(AnnotatedElement element) {
		MergedAnnotations annotations = MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY);
		if (annotations.isPresent(NoSession.class)) {
			return RequestSession::optOut;
		}
		MergedAnnotation<DatabaseSession> session = annotations.get(DatabaseSession.class);
		return session.isPresent() ? goOnWith(session.synthesize()) : null;
	}

	private static ObjIntConsumer<RequestSession> goOnWith(DatabaseSession asked) {
		DefaultTransactionDefinition attributes = new DefaultTransactionDefinition();
		attributes.setReadOnly(asked.readOnly());
		attributes.setIsolationLevel(asked.isolation().value());
		attributes.setTimeout(Math.max(asked.timeout(), TransactionDefinition.TIMEOUT_DEFAULT));
		return (session, status) -> session.goOnWith(attributes, status);
	}

}
