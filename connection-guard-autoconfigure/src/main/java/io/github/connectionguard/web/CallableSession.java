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
 * <p>
 * Three threads meet here, each with a part of its own. The request's thread sets all up
 * and has the container call back, before the callable is handed to the task's thread.
 * The task's thread owns the session: it alone begins it, commits it or rolls it back.
 * The container's threads come at any moment, or never; they leave word, note a failure
 * with the session if there is one, and end what an ended session has left to the view.
 * Word is left before the session is looked for, and the session published before word is
 * looked for, so that whoever comes second sees what the other did.
 */
final class CallableSession implements CallableProcessingInterceptor {

	private final RequestSession requestSession;

	private final SessionResponse response;

	private final WebAsyncManager async;

	/**
	 * Whether the view's entity manager may still use connections of the task's thread
	 * when the callable has come to an end. Set by the request's thread, before there is
	 * a task.
	 */
	private boolean handsOnToView;

	/**
	 * Owned by the task's thread, seen by the container's.
	 */
	private volatile @Nullable RequestSession taskSession;

	/**
	 * Word of the container, or of the task when it learns so itself: why nobody waits
	 * for the result any more.
	 */
	private volatile @Nullable Throwable givenUp;

	/**
	 * Word of the container: the request is over, and the view with it.
	 */
	private volatile boolean completed;

	/**
	 * Create the session of a request's callable, if there will be one.
	 * @param requestSession the session of the request's thread
	 * @param response the response both may write to
	 * @param async knows whether the client was answered otherwise
	 */
	CallableSession(RequestSession requestSession, SessionResponse response, WebAsyncManager async) {
		this.requestSession = requestSession;
		this.response = response;
		this.async = async;
	}

	/**
	 * On the request's thread: look on when the client is answered before the callable
	 * has come to an end, and when the request is over.
	 */
	@Override
	public <T> void beforeConcurrentHandling(NativeWebRequest request, Callable<T> task) {
		if (request instanceof AsyncWebRequest waiting) {
			waiting.addTimeoutHandler(() -> giveUp(new AsyncRequestTimeoutException()));
			waiting.addErrorHandler((ex) -> giveUp(new AsyncRequestNotUsableException("The request has failed", ex)));
			if (RequestSession.isEntityManagerBound()) {
				waiting.addCompletionHandler(this::complete);
				this.handsOnToView = true;
			}
		}
	}

	/**
	 * On one of the container's threads, or on the task's: nobody waits for the result.
	 */
	private void giveUp(Throwable cause) {
		this.givenUp = cause;
		RequestSession current = this.taskSession;
		if (current != null) {
			current.failed(cause);
			current.failHandedOn();
		}
	}

	/**
	 * On one of the container's threads: the request is over. A session that has not
	 * ended yet leaves nothing to the view any more; its own thread sees to that.
	 */
	private void complete() {
		this.completed = true;
		RequestSession current = this.taskSession;
		if (current != null) {
			current.endHandedOn();
		}
	}

	/**
	 * On the task's thread: begin its session.
	 */
	@Override
	public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
		RequestSession begun = this.requestSession.continueHere(this.response.getStatus());
		this.taskSession = begun;
		this.response.continueIn(begun);
		Throwable cause = this.givenUp;
		if (cause != null) {
			begun.failed(cause);
		}
	}

	/**
	 * On the task's thread: end its session, before the result is handed back.
	 */
	@Override
	public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object result) {
		RequestSession current = this.taskSession;
		if (current == null) {
			return;
		}
		if (this.async.hasConcurrentResult()) {
			giveUp(new AsyncRequestTimeoutException());
		}
		if (result instanceof Throwable thrown) {
			current.endAfter(thrown, () -> end(current, null));
		}
		else {
			end(current, result);
		}
	}

	private void end(RequestSession current, @Nullable Object result) {
		try {
			current.end(statusOf(result), this.handsOnToView);
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
