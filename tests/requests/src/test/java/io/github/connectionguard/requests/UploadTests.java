package io.github.connectionguard.requests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests whose client sends the body when it is asked for.
 */
class UploadTests extends RequestTests {

	UploadTests() {
		super("unit");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void askingForTheBodyEndsNothing(boolean fails) throws Exception {
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), application().port());
				BufferedReader answers = new BufferedReader(
						new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
			send(client, "POST /upload?fails=" + fails + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
					+ "Content-Type: text/plain\r\nExpect: 100-continue\r\n\r\n");
			assertThat(answers.readLine()).startsWith("HTTP/1.1 100");
			assertThat(answers.readLine()).isEmpty();
			assertThat(rows()).isEmpty();
			send(client, "body");
			assertThat(answers.readLine()).startsWith(fails ? "HTTP/1.1 500" : "HTTP/1.1 200");
			assertThat(rows()).hasSize(fails ? 0 : 1);
		}
	}

	private static void send(Socket client, String text) throws IOException {
		client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

}
