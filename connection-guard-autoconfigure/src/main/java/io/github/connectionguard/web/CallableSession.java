package io.github.connectionguard.web;

import java.util.concurrent.Callable;

import io.github.connectionguard.session.RequestSession;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.context.request.async.AsyncWebRequest;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;
import org.springframework.web.context.request.async.WebAsyncManager;

/**
 * Gives a {@link Callable} that goes on with a request a session on the thread it runs
 * on, which ends before the result is written, and is rolled back when nobody waits for
 * the result any more. A commit that fails is the result.
 */
final class CallableSession implements CallableProcessingInterceptor {

	private final RequestSession origin;

	private final SessionResponse response;

	private final WebAsyncManager async;

	private volatile @Nullable RequestSession session;

	private volatile @Nullable Throwable givenUp;

	private boolean handsOn;

	private volatile boolean completed;

	/**
	 * Create the session of a request's callable, if there will be one.
	 * @param origin the session of the request's thread
	 * @param response the response both may write to
	 * @param async knows whether the client was answered otherwise
	 */
	CallableSession(RequestSession origin, SessionResponse response, WebAsyncManager async) {
		this.origin = origin;
		this.response = response;
		this.async = async;
	}

	/**
	 * Look on when the client is answered before the callable has come to an end, and
	 * when the request is over.
	 */
	@Override
	public <T> void beforeConcurrentHandling(NativeWebRequest request, Callable<T> task) {
		if (request instanceof AsyncWebRequest waiting) {
			waiting.addTimeoutHandler(() -> giveUp(new AsyncRequestTimeoutException()));
			waiting.addErrorHandler((ex) -> giveUp(new AsyncRequestNotUsableException("The request has failed", ex)));
			if (RequestSession.isEntityManagerBound()) {
				waiting.addCompletionHandler(this::complete);
				this.handsOn = true;
			}
		}
	}

	@Override
	public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
		RequestSession begun = this.origin.continueHere(this.response.getStatus());
		this.session = begun;
		this.response.continueIn(begun);
		Throwable cause = this.givenUp;
		if (cause != null) {
			begun.failed(cause);
		}
	}

	private void giveUp(Throwable cause) {
		this.givenUp = cause;
		RequestSession current = this.session;
		if (current != null) {
			current.failed(cause);
			current.failHandedOn();
		}
	}

	private void complete() {
		this.completed = true;
		RequestSession current = this.session;
		if (current != null) {
			current.endHandedOn();
		}
	}

	@Override
	public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object result) {
		RequestSession current = this.session;
		if (current == null) {
			return;
		}
		if (this.async.hasConcurrentResult()) {
			giveUp(new AsyncRequestTimeoutException());
		}
		if (result instanceof Throwable thrown) {
			current.failed(thrown);
			endAfter(thrown, current);
		}
		else {
			end(current, result);
		}
	}

	/**
	 * End the session. The entity manager of a view may still use a connection of its
	 * thread.
	 */
	private void end(RequestSession current, @Nullable Object result) {
		try {
			current.end(statusOf(result), this.handsOn);
		}
		catch (RuntimeException ex) {
			if (this.givenUp == null) {
				this.response.commitFailed();
			}
			throw ex;
		}
		finally {
			if (this.completed) {
				current.endHandedOn();
			}
		}
	}

	private void endAfter(Throwable failure, RequestSession current) {
		try {
			end(current, null);
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

	private int statusOf(@Nullable Object result) {
		if (result instanceof ResponseEntity<?> entity) {
			return entity.getStatusCode().value();
		}
		if (result instanceof ErrorResponse error) {
			return error.getStatusCode().value();
		}
		return (result instanceof ProblemDetail problem) ? problem.getStatus() : statusSoFar();
	}

	private int statusSoFar() {
		try {
			if (this.givenUp == null) {
				return this.response.getStatus();
			}
		}
		catch (IllegalStateException ex) {
			this.givenUp = ex; // the container took the response back
		}
		return HttpServletResponse.SC_SERVICE_UNAVAILABLE;
	}

}
