package io.github.connectionguard.web;

import java.io.IOException;
import java.io.PrintWriter;

import io.github.connectionguard.session.RequestSession;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A response that ends the session's work before the client learns of the outcome,
 * whichever way that happens. Buffers nothing itself: it knows when the container's
 * buffer is full. As thread-safe as a response is.
 */
final class SessionResponse extends HttpServletResponseWrapper {

	private final BodyBuffer buffer;

	private volatile RequestSession session;

	private @Nullable ServletOutputStream stream;

	private @Nullable PrintWriter writer;

	private boolean early;

	SessionResponse(HttpServletResponse response, RequestSession session) {
		super(response);
		this.buffer = new BodyBuffer(response);
		this.session = session;
	}

	/**
	 * Let the client learn of the outcome of another session, since that one goes on with
	 * the request.
	 */
	void continueIn(RequestSession next) {
		this.session = next;
	}

	/**
	 * Note that so many bytes are about to be written.
	 */
	void beforeWrite(long bytes) {
		if (this.buffer.isFullWith(bytes)) {
			beforeCommit(getStatus());
		}
	}

	/**
	 * End the session's work, since the response is about to be committed. If that fails,
	 * nothing of what was written so far may be sent.
	 */
	void beforeCommit() {
		beforeCommit(getStatus());
	}

	private void beforeCommit(int status) {
		if (!isCommitted()) {
			this.early = !endWork(RequestSession::beforeResponse, status) && status < SC_INTERNAL_SERVER_ERROR;
		}
	}

	/**
	 * Tell whether the client was told of a success before the session's work had ended.
	 */
	boolean isEarly() {
		return this.early && isCommitted();
	}

	/**
	 * End the session's work before an error or a redirect, unless it comes to nothing.
	 */
	private void beforeReset(int status) {
		if (!isCommitted() && !isIgnored(status)) {
			endWork(RequestSession::beforeResponse, status);
		}
	}

	/**
	 * Tell whether the container ignores an error or a redirect, as it does for an
	 * included resource, which cannot set a status either.
	 */
	private boolean isIgnored(int status) {
		int before = getStatus();
		super.setStatus(status);
		boolean ignored = getStatus() != status;
		super.setStatus(before);
		return ignored;
	}

	/**
	 * End the session's work, since another thread goes on with the request.
	 */
	void beforeHandOver() {
		endWork(RequestSession::handOver, getStatus());
	}

	private boolean endWork(Ending ending, int status) {
		try {
			return ending.end(this.session, status);
		}
		catch (RuntimeException ex) {
			commitFailed();
			throw ex;
		}
	}

	/**
	 * Take back what would tell of a success.
	 */
	void commitFailed() {
		if (!isCommitted()) {
			resetBuffer();
			setContentLengthLong(BodyBuffer.UNKNOWN);
			super.setStatus(SC_INTERNAL_SERVER_ERROR);
		}
	}

	/**
	 * Set a status, which tells of no success after a failed commit.
	 */
	@Override
	public void setStatus(int status) {
		super.setStatus(honest(status));
	}

	private int honest(int status) {
		return (this.session.isCommitFailed() && status < SC_INTERNAL_SERVER_ERROR) ? SC_INTERNAL_SERVER_ERROR : status;
	}

	@Override
	public void sendError(int status) throws IOException {
		beforeReset(status);
		super.sendError(honest(status));
	}

	@Override
	public void sendError(int status, String message) throws IOException {
		beforeReset(status);
		super.sendError(honest(status), message);
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		if (!refuseRedirect(SC_FOUND)) {
			super.sendRedirect(location);
		}
	}

	@Override
	public void sendRedirect(String location, boolean clearBuffer) throws IOException {
		if (!refuseRedirect(SC_FOUND)) {
			super.sendRedirect(location, clearBuffer);
		}
	}

	@Override
	public void sendRedirect(String location, int status) throws IOException {
		if (!refuseRedirect(status)) {
			super.sendRedirect(location, status);
		}
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		if (!refuseRedirect(status)) {
			super.sendRedirect(location, status, clearBuffer);
		}
	}

	/**
	 * A redirect tells of a success, as far as the client can see.
	 */
	private boolean refuseRedirect(int status) throws IOException {
		beforeReset(status);
		if (!this.session.isCommitFailed()) {
			return false;
		}
		super.sendError(SC_INTERNAL_SERVER_ERROR);
		return true;
	}

	@Override
	public void flushBuffer() throws IOException {
		beforeCommit();
		super.flushBuffer();
	}

	@Override
	public ServletOutputStream getOutputStream() throws IOException {
		ServletOutputStream current = this.stream;
		if (current == null) {
			current = new SessionOutputStream(super.getOutputStream(), this);
			this.stream = current;
		}
		return current;
	}

	@Override
	public PrintWriter getWriter() throws IOException {
		PrintWriter current = this.writer;
		if (current == null) {
			current = new SessionWriter(super.getWriter(), this);
			this.writer = current;
		}
		return current;
	}

	@Override
	public void resetBuffer() {
		super.resetBuffer();
		this.buffer.clear();
	}

	@Override
	public void reset() {
		super.reset();
		this.buffer.clear();
		this.buffer.announce(BodyBuffer.UNKNOWN);
		this.stream = null;
		this.writer = null;
		if (this.session.isCommitFailed()) {
			super.setStatus(SC_INTERNAL_SERVER_ERROR);
		}
	}

	@Override
	public void setContentLength(int length) {
		this.buffer.announce(length);
		super.setContentLength(length);
	}

	@Override
	public void setContentLengthLong(long length) {
		this.buffer.announce(length);
		super.setContentLengthLong(length);
	}

	@Override
	public void setHeader(String name, String value) {
		noteContentLength(name, value);
		super.setHeader(name, value);
	}

	@Override
	public void addHeader(String name, String value) {
		noteContentLength(name, value);
		super.addHeader(name, value);
	}

	@Override
	public void setIntHeader(String name, int value) {
		noteContentLength(name, Integer.toString(value));
		super.setIntHeader(name, value);
	}

	@Override
	public void addIntHeader(String name, int value) {
		noteContentLength(name, Integer.toString(value));
		super.addIntHeader(name, value);
	}

	private void noteContentLength(String name, @Nullable String value) {
		if ("Content-Length".equalsIgnoreCase(name) && value != null) {
			try {
				this.buffer.announce(Long.parseLong(value));
			}
			catch (NumberFormatException ex) {
				this.buffer.announce(BodyBuffer.UNKNOWN); // the container will refuse it
			}
		}
	}

	/**
	 * A way to end a session's work, which tells whether it has ended.
	 */
	@FunctionalInterface
	private interface Ending {

		boolean end(RequestSession session, int status);

	}

}
