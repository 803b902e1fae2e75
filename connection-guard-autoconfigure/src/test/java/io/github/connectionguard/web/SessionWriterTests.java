package io.github.connectionguard.web;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SessionWriter}.
 */
class SessionWriterTests {

	private static final int BUFFER = WatchedResponse.BUFFER;

	private final WatchedResponse watched = new WatchedResponse();

	private final MockHttpServletResponse container = this.watched.container();

	private final SessionResponse response = this.watched.response();

	private final List<Object> commits = this.watched.commits();

	@AfterEach
	void endSession() {
		this.watched.session().end(200, false);
	}

	@Test
	void smallTextEndsNothing() throws IOException {
		this.response.getWriter().print("a".repeat(BUFFER - 1));
		assertThat(this.commits).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "UTF-8, é, 2", "UTF-8, €, 3", "ISO-8859-1, é, 1", "GBK, 漢, 2" })
	void smallTextInAnotherEncodingEndsNothing(String encoding, String character, int bytes) throws IOException {
		this.container.setCharacterEncoding(encoding);
		this.response.getWriter().print(character.repeat((BUFFER - 1) / bytes));
		assertThat(this.commits).isEmpty();
	}

	@Test
	void characterThatFillsTheBufferComesAfterTheCommit() throws IOException {
		PrintWriter writer = this.response.getWriter();
		for (int i = 0; i < BUFFER; i++) {
			writer.write('a');
		}
		assertThat(this.commits).containsExactly(BUFFER - 1);
		assertThat(this.container.getContentAsString()).isEqualTo("a".repeat(BUFFER));
	}

	@ParameterizedTest
	@MethodSource("printing")
	void textThatFillsTheBufferComesAfterTheCommit(Printing printing) throws IOException {
		printing.print(this.response.getWriter(), "a".repeat(BUFFER));
		assertThat(this.commits).isNotEmpty().first().isEqualTo(0);
		assertThat(this.commits).doesNotContain(WatchedResponse.TOO_LATE);
		assertThat(this.container.getContentAsString().strip()).isEqualTo("a".repeat(BUFFER));
	}

	static List<Printing> printing() {
		return List.of(PrintWriter::print, PrintWriter::println, PrintWriter::write, PrintWriter::append,
				(writer, text) -> writer.write(text.toCharArray()), (writer, text) -> writer.print(text.toCharArray()),
				(writer, text) -> writer.println(text.toCharArray()), (writer, text) -> writer.format("%s", text),
				(writer, text) -> writer.print(new StringBuilder(text)),
				(writer, text) -> writer.write("x" + text + "x", 1, text.length()),
				(writer, text) -> writer.append("x" + text + "x", 1, text.length() + 1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "é", "€", "漢", "😀" })
	void characterOfSeveralBytesThatFillsTheBufferComesAfterTheCommit(String character) throws IOException {
		PrintWriter writer = this.response.getWriter();
		int written = 0;
		while (!this.container.isCommitted()) {
			writer.write(character);
			written++;
		}
		assertThat(this.commits).isNotEmpty().doesNotContain(WatchedResponse.TOO_LATE);
		assertThat(this.container.getContentAsString()).isEqualTo(character.repeat(written));
	}

	@ParameterizedTest
	@CsvSource({ "UTF-16, a", "UTF-16, é", "UTF-16, 😀", "UTF-16LE, a", "UTF-32, a", "UTF-32, é", "UTF-32BE, a",
			"ISO-8859-1, é", "GB18030, 😀", "GBK, 漢", "ISO-2022-JP, aあ" })
	void textInAnotherEncodingThatFillsTheBufferComesAfterTheCommit(String encoding, String character)
			throws IOException {
		this.container.setCharacterEncoding(encoding);
		PrintWriter writer = this.response.getWriter();
		while (!this.container.isCommitted()) {
			writer.write(character);
		}
		assertThat(this.commits).isNotEmpty().doesNotContain(WatchedResponse.TOO_LATE);
		assertThat(this.container.getContentAsByteArray()).isNotEmpty();
	}

	@Test
	void lineSeparatorsCount() throws IOException {
		PrintWriter writer = this.response.getWriter();
		while (!this.container.isCommitted()) {
			writer.println();
		}
		assertThat(this.commits).isNotEmpty().doesNotContain(WatchedResponse.TOO_LATE);
	}

	/**
	 * A way to print a text.
	 */
	@FunctionalInterface
	interface Printing {

		void print(PrintWriter writer, String text);

	}

}
