package io.github.connectionguard.requests;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The ways a handler sends its response, or says its last word on it, before it returns.
 */
enum Sending {

	/**
	 * More than any buffer, through the stream.
	 */
	LARGE_STREAM(200, (response) -> response.getOutputStream().write(large())),

	/**
	 * More than any buffer, through the stream, a few bytes at a time.
	 */
	LARGE_STREAM_IN_PARTS(200, (response) -> {
		ServletOutputStream stream = response.getOutputStream();
		for (int i = 0; i < 20_000; i++) {
			stream.print(Sending.BODY);
		}
	}),

	/**
	 * More than any buffer, as a buffer, through the stream.
	 */
	LARGE_BUFFER(200, (response) -> response.getOutputStream().write(ByteBuffer.wrap(large()))),

	/**
	 * More than any buffer, through the writer.
	 */
	LARGE_WRITER(200, (response) -> response.getWriter().write(Sending.BODY.repeat(20_000))),

	/**
	 * More than any buffer, through the writer, a few characters at a time.
	 */
	LARGE_WRITER_IN_PARTS(200, (response) -> {
		for (int i = 0; i < 20_000; i++) {
			response.getWriter().println(Sending.BODY);
		}
	}),

	FLUSH_BUFFER(200, (response) -> {
		response.getWriter().print(Sending.BODY);
		response.flushBuffer();
	}),

	FLUSH_BUFFER_WITHOUT_A_BODY(204, (response) -> {
		response.setStatus(HttpServletResponse.SC_NO_CONTENT);
		response.flushBuffer();
	}),

	FLUSH_STREAM(200, (response) -> {
		response.getOutputStream().print(Sending.BODY);
		response.getOutputStream().flush();
	}),

	CLOSE_STREAM(200, (response) -> {
		response.getOutputStream().print(Sending.BODY);
		response.getOutputStream().close();
	}),

	FLUSH_WRITER(200, (response) -> {
		response.getWriter().print(Sending.BODY);
		response.getWriter().flush();
	}),

	CLOSE_WRITER(200, (response) -> {
		response.getWriter().print(Sending.BODY);
		response.getWriter().close();
	}),

	ANNOUNCED_LENGTH_OF_STREAM(200, (response) -> {
		response.setContentLength(Sending.BODY.length());
		response.getOutputStream().print(Sending.BODY);
	}),

	ANNOUNCED_LENGTH_OF_WRITER(200, (response) -> {
		response.setHeader("Content-Length", String.valueOf(Sending.BODY.length()));
		response.getWriter().print(Sending.BODY);
	}),

	ERROR(404, (response) -> response.sendError(404)),

	ERROR_WITH_A_MESSAGE(409, (response) -> response.sendError(409, Sending.BODY)),

	ERROR_AFTER_A_BODY(410, (response) -> {
		response.getWriter().print(Sending.BODY);
		response.sendError(410);
	}),

	REDIRECT(302, (response) -> response.sendRedirect("/done")),

	REDIRECT_WITH_THE_BUFFER(302, (response) -> {
		response.getWriter().print(Sending.BODY);
		response.sendRedirect("/done", false);
	}),

	REDIRECT_WITH_A_STATUS(303, (response) -> response.sendRedirect("/done", 303)),

	REDIRECT_WITH_A_STATUS_AND_THE_BUFFER(307, (response) -> {
		response.getWriter().print(Sending.BODY);
		response.sendRedirect("/done", 307, false);
	});

	/**
	 * What a client may not see of a response whose commit failed.
	 */
	static final String BODY = "says the handler ";

	private final int status;

	private final Answer answer;

	Sending(int status, Answer answer) {
		this.status = status;
		this.answer = answer;
	}

	private static byte[] large() {
		return BODY.repeat(20_000).getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * The status the client sees if the commit succeeds.
	 */
	int status() {
		return this.status;
	}

	void send(HttpServletResponse response) throws IOException {
		this.answer.send(response);
	}

	/**
	 * What a handler does with a response.
	 */
	@FunctionalInterface
	private interface Answer {

		void send(HttpServletResponse response) throws IOException;

	}

}
