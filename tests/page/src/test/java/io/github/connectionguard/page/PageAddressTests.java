package io.github.connectionguard.page;

import java.net.http.HttpResponse;

import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for who gets the page, and who the endpoint's JSON, from one address.
 */
@Tag("extended")
class PageAddressTests {

	private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

	private final TestServer server = TestServer.shared();

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void browserGetsThePageAndAnybodyElseJson(String type) throws Exception {
		try (PageApplication application = PageApplication.start(this.server,
				"spring.main.web-application-type=" + type)) {
			assertThat(type(application.get("/actuator/connectionguard", BROWSER)))
				.isEqualTo("text/html;charset=UTF-8");
			assertThat(type(application.get("/actuator/connectionguard", "*/*"))).contains("json");
			assertThat(type(application.get("/actuator/connectionguard", "application/json"))).contains("json");
			assertThat(type(application.get("/actuator/connectionguard/dataSource", BROWSER))).contains("json");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void filesAreWhatTheyAreTakenFor(String type) throws Exception {
		try (PageApplication application = PageApplication.start(this.server,
				"spring.main.web-application-type=" + type)) {
			String files = "/actuator/connectionguard/page.";
			assertThat(type(application.get(files + "js", "*/*"))).isEqualTo("text/javascript;charset=UTF-8");
			assertThat(type(application.get(files + "css", "text/css,*/*;q=0.1"))).isEqualTo("text/css;charset=UTF-8");
			assertThat(type(application.get(files + "svg", "image/avif,image/webp,*/*;q=0.8")))
				.isEqualTo("image/svg+xml;charset=UTF-8");
			assertThat(application.get(files + "html", "*/*").statusCode()).isEqualTo(404);
		}
	}

	private static String type(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(200);
		return answer.headers().firstValue("Content-Type").orElseThrow();
	}

}
