package io.github.connectionguard.web;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The writer of a {@link SessionResponse}. Counts characters as the most bytes they may
 * become, with what an encoding puts in between, so that the session ends early rather
 * than late.
 */
final class SessionWriter extends PrintWriter {

	private static final int LONGEST = 8;

	private final PrintWriter delegate;

	private final SessionResponse response;

	/**
	 * The most bytes of a character, or 0 in UTF-8, where its code says it.
	 */
	private final int longest;

	SessionWriter(PrintWriter delegate, SessionResponse response) {
		super(delegate);
		this.delegate = delegate;
		this.response = response;
		this.longest = longest(response.getCharacterEncoding());
	}

	private static int longest(@Nullable String encoding) {
		try {
			Charset charset = Charset.forName(encoding);
			return charset.equals(StandardCharsets.UTF_8) ? 0 : (int) Math.ceil(charset.newEncoder().maxBytesPerChar());
		}
		catch (IllegalArgumentException | UnsupportedOperationException ex) {
			return LONGEST; // the container knows an encoding that Java does not
		}
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
		this.response.beforeWrite(2L * bytes('\n'));
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
		if (this.longest > 0) {
			return this.longest;
		}
		if (c < 0x80) {
			return 1;
		}
		return (c < 0x800) ? 2 : 3;
	}

}
