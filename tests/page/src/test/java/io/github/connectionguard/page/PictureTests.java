package io.github.connectionguard.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

import io.github.connectionguard.session.DatabaseSessionScope;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.OutputType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes the pictures of the page that the documents show, into the folder that the system
 * property {@code pictures} names, {@code target/pictures} by default.
 */
@Tag("extended")
class PictureTests {

	private static final Path FOLDER = Path.of(System.getProperty("pictures", "target/pictures"));

	private static final int MOST_BYTES = 200_000;

	private static final String SENTENCE = "section.pool:first-child .sentence";

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void pictures(String scheme) throws Exception {
		try (TestServer own = TestServer.start();
				PageApplication application = PageApplication.start(own, "pool.size=10");
				Browser browser = Browser.start(scheme.equals("dark") ? "--force-dark-mode" : "--disable-dark-mode")) {
			browser.resize(1000, 1100);
			browser.open(application.url("/actuator/connectionguard"));
			take(browser, "Nothing has died", "healthy-" + scheme);
			leak(application);
			take(browser, "not given back", "leak-" + scheme);
			own.stop();
			take(browser, "unreachable", "outage-" + scheme);
		}
	}

	private static void leak(PageApplication application) {
		application.bean(DatabaseSessionScope.class).run(() -> {
			try {
				assertThat(application.pool().getConnection().isClosed()).isFalse();
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private static void take(Browser browser, String sentence, String name) throws IOException {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(browser.text(SENTENCE)).contains(sentence));
		byte[] picture = browser.driver().getScreenshotAs(OutputType.BYTES);
		assertThat(picture).hasSizeLessThan(MOST_BYTES);
		Files.write(Files.createDirectories(FOLDER).resolve(name + ".png"), picture);
	}

}
