package io.github.connectionguard.web;

import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.DeferredResultProcessingInterceptor;

/**
 * Ends the work of a request before the application goes on with it on threads of its
 * own. A commit that fails is thrown as if the handler had.
 */
final class HandOver implements DeferredResultProcessingInterceptor {

	private final SessionResponse response;

	HandOver(SessionResponse response) {
		this.response = response;
	}

	@Override
	public <T> void beforeConcurrentHandling(NativeWebRequest request, DeferredResult<T> result) {
		this.response.beforeHandOver();
	}

}
