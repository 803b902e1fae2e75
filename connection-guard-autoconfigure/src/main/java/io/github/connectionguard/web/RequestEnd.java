package io.github.connectionguard.web;

import io.github.connectionguard.session.RequestSession;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Ends what a session left to a request that went on without its thread, when that
 * request is over.
 */
final class RequestEnd implements AsyncListener {

	private final RequestSession session;

	RequestEnd(RequestSession session) {
		this.session = session;
	}

	@Override
	public void onComplete(AsyncEvent event) {
		this.session.endHandedOn();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		this.session.failHandedOn(); // others may be in the middle of it
	}

	@Override
	public void onError(AsyncEvent event) {
		// the request is completed after that
	}

	/**
	 * Stay with the request when it goes on without its thread again.
	 */
	@Override
	public void onStartAsync(AsyncEvent event) {
		event.getAsyncContext().addListener(this);
	}

}
