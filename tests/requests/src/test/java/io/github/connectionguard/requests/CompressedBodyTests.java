package io.github.connectionguard.requests;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for bodies of all sizes that the container compresses, and sends over HTTP/2.
 */
@Tag("slow")
class CompressedBodyTests extends BodyTests {

	@Override
	List<String> properties() {
		return List.of("server.compression.enabled=true", "server.http2.enabled=true");
	}

	@Test
	void bodiesAreCompressedAndSentOverHttp2() throws Exception {
		HttpResponse<byte[]> response = application().get("/bodies/text?size=20000",
				HttpResponse.BodyHandlers.ofByteArray(), "Accept-Encoding", "gzip");
		assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
		assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
		assertThat(response.body()).hasSizeLessThan(1000);
	}

}
