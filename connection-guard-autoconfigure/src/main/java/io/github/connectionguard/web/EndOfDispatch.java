package io.github.connectionguard.web;

import io.github.connectionguard.session.RequestSession;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;

/**
 * Ends what a session left to an entity manager that had been bound to the thread before
 * it, when all filters have returned.
 */
public final class EndOfDispatch implements ServletRequestListener {

	private static final String SESSION = EndOfDispatch.class.getName() + ".session";

	static void end(RequestSession session, ServletRequest request) {
		request.setAttribute(SESSION, session);
	}

	@Override
	public void requestDestroyed(ServletRequestEvent event) {
		if (event.getServletRequest().getAttribute(SESSION) instanceof RequestSession session) {
			session.endHandedOn();
		}
	}

}
