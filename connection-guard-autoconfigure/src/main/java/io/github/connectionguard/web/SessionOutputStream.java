package io.github.connectionguard.web;

import java.io.IOException;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/**
 * The output stream of a {@link SessionResponse}.
 */
final class SessionOutputStream extends ServletOutputStream {

	private final ServletOutputStream delegate;

	private final SessionResponse response;

	SessionOutputStream(ServletOutputStream delegate, SessionResponse response) {
		this.delegate = delegate;
		this.response = response;
	}

	@Override
	public void write(int b) throws IOException {
		this.response.beforeWrite(1);
		this.delegate.write(b);
	}

	@Override
	public void write(byte[] b, int off, int len) throws IOException {
		this.response.beforeWrite(len);
		this.delegate.write(b, off, len);
	}

	@Override
	public void flush() throws IOException {
		this.response.beforeCommit();
		this.delegate.flush();
	}

	@Override
	public void close() throws IOException {
		this.response.beforeCommit();
		this.delegate.close();
	}

	@Override
	public boolean isReady() {
		return this.delegate.isReady();
	}

	@Override
	public void setWriteListener(WriteListener listener) {
		this.delegate.setWriteListener(listener);
	}

}
