package io.github.connectionguard.requests;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The ways a handler writes a body of a given size to its response.
 */
enum Body {

	STREAM("UTF-8", Body.SIGN, (response, text) -> response.getOutputStream().write(bytes(text))),

	STREAM_IN_PARTS("UTF-8", Body.SIGN, (response, text) -> {
		ServletOutputStream stream = response.getOutputStream();
		byte[] bytes = bytes(text);
		for (int at = 0; at < bytes.length; at += Body.PART) {
			stream.write(bytes, at, Math.min(Body.PART, bytes.length - at));
		}
	}),

	STREAM_IN_BYTES("UTF-8", Body.SIGN, (response, text) -> {
		ServletOutputStream stream = response.getOutputStream();
		for (byte one : bytes(text)) {
			stream.write(one);
		}
	}),

	BUFFER("UTF-8", Body.SIGN, (response, text) -> response.getOutputStream().write(ByteBuffer.wrap(bytes(text)))),

	PRINTED("UTF-8", Body.SIGN, (response, text) -> response.getOutputStream().print(text)),

	WRITER("UTF-8", Body.SIGN, (response, text) -> response.getWriter().write(text)),

	WRITER_IN_PARTS("UTF-8", Body.SIGN, Body::writeInParts),

	WRITER_OF_LATIN("ISO-8859-1", "~\u00e9", Body::writeInParts),

	WRITER_OF_TWO_BYTES("UTF-8", "~\u00e9", Body::writeInParts),

	WRITER_OF_FOUR_BYTES("UTF-8", "~\ud83d\ude00", Body::writeInParts),

	WRITER_OF_WIDE_CHARACTERS("UTF-16", Body.SIGN, Body::writeInParts),

	WRITER_THAT_SHIFTS("ISO-2022-JP", "\u3042~", Body::writeInParts);

	/**
	 * What each body has, and no error page.
	 */
	static final String SIGN = "~";

	private static final int PART = 701;

	private final String charset;

	private final String unit;

	private final Way way;

	Body(String charset, String unit, Way way) {
		this.charset = charset;
		this.unit = unit;
		this.way = way;
	}

	String charset() {
		return this.charset;
	}

	/**
	 * The text that is as long, or hardly longer, in its charset.
	 */
	String text(int bytes) {
		int each = this.unit.repeat(1000).getBytes(Charset.forName(this.charset)).length / 1000;
		return this.unit.repeat(Math.max(1, (bytes + each - 1) / each));
	}

	void write(HttpServletResponse response, String text) throws IOException {
		response.setContentType("text/plain;charset=" + this.charset);
		this.way.write(response, text);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static void writeInParts(HttpServletResponse response, String text) throws IOException {
		PrintWriter writer = response.getWriter();
		for (int at = 0; at < text.length(); at += PART) {
			writer.write(text, at, Math.min(PART, text.length() - at));
		}
	}

	/**
	 * A way to write a text.
	 */
	@FunctionalInterface
	private interface Way {

		void write(HttpServletResponse response, String text) throws IOException;

	}

}
