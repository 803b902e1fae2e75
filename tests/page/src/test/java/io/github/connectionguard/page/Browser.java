package io.github.connectionguard.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;

import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A Chromium of this machine's, as Debian's packages {@code chromium} and
 * {@code chromium-driver} have it. {@code CONNECTION_GUARD_CHROMIUM} names another one,
 * which has to be there then; without it, and without Debian's, a test that needs one
 * does not run, and says so.
 */
final class Browser implements AutoCloseable {

	private static final String VARIABLE = "CONNECTION_GUARD_CHROMIUM";

	private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private final ChromeDriver driver;

	private Browser(ChromeDriver driver) {
		this.driver = driver;
	}

	static Browser start(String... arguments) {
		String named = System.getenv(VARIABLE);
		Path chromium = (named != null) ? Path.of(named) : CHROMIUM;
		if (named == null) {
			Assumptions.assumeTrue(Files.isExecutable(chromium) && Files.isExecutable(DRIVER),
					"NOT RUN: there is no Chromium with its driver; install them or set " + VARIABLE);
		}
		LoggingPreferences logging = new LoggingPreferences();
		logging.enable(LogType.BROWSER, Level.ALL);
		ChromeOptions options = new ChromeOptions().setBinary(chromium.toFile())
			.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage",
					"--disable-background-networking", "--no-first-run")
			.addArguments(arguments);
		options.setCapability("goog:loggingPrefs", logging);
		return new Browser(new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).usingAnyFreePort().build(),
				options));
	}

	ChromeDriver driver() {
		return this.driver;
	}

	Browser open(String url) {
		this.driver.get(url);
		return this;
	}

	void resize(int width, int height) {
		this.driver.manage().window().setSize(new Dimension(width, height));
	}

	/**
	 * Return what an element says, or nothing while there is none.
	 */
	String text(String selector) {
		try {
			return this.driver.findElement(By.cssSelector(selector)).getText();
		}
		catch (NoSuchElementException | StaleElementReferenceException ex) {
			return "";
		}
	}

	int count(String selector) {
		return this.driver.findElements(By.cssSelector(selector)).size();
	}

	Object evaluate(String script) {
		return this.driver.executeScript(script);
	}

	/**
	 * Return what the console has been told since it was asked last.
	 */
	List<String> console() {
		return this.driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
