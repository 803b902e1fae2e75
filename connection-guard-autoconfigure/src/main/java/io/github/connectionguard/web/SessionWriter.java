package io.github.connectionguard.web;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * The writer of a {@link SessionResponse}. Counts characters as the bytes they may
 * become, so that the session ends early rather than late.
 */
final class SessionWriter extends PrintWriter {

	private static final int LONGEST_CHARACTER = 4;

	private final PrintWriter delegate;

	private final SessionResponse response;

	private final int bytesPerAscii;

	SessionWriter(PrintWriter delegate, SessionResponse response) {
		super(delegate);
		this.delegate = delegate;
		this.response = response;
		String encoding = response.getCharacterEncoding();
		boolean wide = encoding != null && encoding.toUpperCase(Locale.ROOT).matches("UTF-(16|32).*");
		this.bytesPerAscii = wide ? LONGEST_CHARACTER : 1;
	}

	@Override
	public void write(int c) {
		this.response.beforeWrite(bytes((char) c));
		super.write(c);
	}

	@Override
	public void write(char[] characters, int off, int len) {
		long bytes = 0;
		for (int i = off; i < off + len; i++) {
			bytes += bytes(characters[i]);
		}
		this.response.beforeWrite(bytes);
		super.write(characters, off, len);
	}

	@Override
	public void write(String text, int off, int len) {
		long bytes = 0;
		for (int i = off; i < off + len; i++) {
			bytes += bytes(text.charAt(i));
		}
		this.response.beforeWrite(bytes);
		super.write(text, off, len);
	}

	@Override
	public void println() {
		this.response.beforeWrite(2L * this.bytesPerAscii);
		super.println();
	}

	@Override
	public void flush() {
		this.response.beforeCommit();
		super.flush();
	}

	@Override
	public void close() {
		this.response.beforeCommit();
		super.close();
	}

	@Override
	public boolean checkError() {
		return super.checkError() || this.delegate.checkError();
	}

	private int bytes(char c) {
		return (c < 0x80) ? this.bytesPerAscii : LONGEST_CHARACTER;
	}

}
