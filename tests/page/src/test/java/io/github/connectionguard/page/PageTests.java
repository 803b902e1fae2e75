package io.github.connectionguard.page;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;

import com.deque.html.axecore.selenium.AxeBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.ConnectionGuard;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the endpoint's page, in a browser.
 */
@Tag("extended")
class PageTests {

	private static final String PAGE = "/actuator/connectionguard";

	private static final String FIRST = "section.pool:first-child ";

	private final TestServer server = TestServer.shared();

	@Test
	void killedSessionAppearsWithItsCause() throws Exception {
		try (PageApplication application = PageApplication.start(this.server); Browser browser = Browser.start()) {
			browser.open(application.url(PAGE));
			awaitBars(browser, 4);
			assertThat(browser.text(FIRST + ".sentence")).startsWith("Nothing has died since ");
			killOneOf(application);
			Awaitility.await()
				.atMost(Duration.ofSeconds(5))
				.untilAsserted(() -> assertThat(browser.text(FIRST + ".events")).contains("KILLED"));
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(browser.text(FIRST + ".sentence")).contains("somebody killed the session"));
			assertThat(browser.console()).isEmpty();
		}
	}

	@Test
	void poolThatIsMadeAtRunTimeAppearsAndLeavesWhenItIsClosed() throws Exception {
		try (PageApplication application = PageApplication.start(this.server); Browser browser = Browser.start()) {
			browser.open(application.url(PAGE));
			awaitBars(browser, 4);
			HikariConfig config = new HikariConfig();
			config.setPoolName("tenant");
			config.setJdbcUrl(this.server.jdbcUrl(""));
			config.setUsername(this.server.username());
			config.setPassword(this.server.password());
			try (HikariDataSource pool = application.bean(ConnectionGuard.class).guard(config)) {
				assertThat(pool.isRunning()).isTrue();
				Awaitility.await().untilAsserted(() -> assertThat(browser.text("#pools")).contains("tenant"));
			}
			Awaitility.await().untilAsserted(() -> assertThat(browser.text("#pools")).doesNotContain("tenant"));
			assertThat(browser.console()).isEmpty();
		}
	}

	@Test
	void outageShowsAndEnds() throws Exception {
		try (TestServer own = TestServer.start();
				PageApplication application = PageApplication.start(own);
				Browser browser = Browser.start()) {
			browser.open(application.url(PAGE));
			awaitBars(browser, 4);
			own.stop();
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(browser.text(FIRST + ".sentence")).contains("unreachable"));
			Awaitility.await().untilAsserted(() -> assertThat(browser.count(FIRST + ".outage")).isOne());
			own.startAgain();
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(
						() -> assertThat(browser.text(FIRST + ".sentence")).isNotEmpty().doesNotContain("unreachable"));
			Awaitility.await()
				.untilAsserted(() -> assertThat(browser.text(FIRST + ".events")).contains("outage ended"));
			assertThat(browser.console()).isEmpty();
		}
	}

	@Test
	void holderIsToldOnDemandAndValuesAreText() throws Exception {
		try (PageApplication application = PageApplication.start(this.server); Browser browser = Browser.start()) {
			browser.open(application.url(PAGE));
			awaitBars(browser, 4);
			assertThat(browser.text("section.pool:last-child h2")).isEqualTo(PageApplication.MARKUP);
			try (Connection held = application.pool().getConnection()) {
				assertThat(held.isClosed()).isFalse();
				Awaitility.await().untilAsserted(() -> assertThat(browser.count(FIRST + ".bar.lent")).isOne());
				browser.evaluate("document.querySelector('.bar.lent').click()");
				assertThat(browser.text(FIRST + ".detail")).contains(Thread.currentThread().getName());
			}
		}
	}

	@Test
	void filtersWorkByKeyboard() throws Exception {
		try (PageApplication application = PageApplication.start(this.server); Browser browser = Browser.start()) {
			browser.open(application.url(PAGE));
			awaitBars(browser, 4);
			killOneOf(application);
			Awaitility.await().untilAsserted(() -> assertThat(browser.text(FIRST + ".filters")).contains("killed"));
			int all = browser.count(FIRST + ".events tbody tr");
			for (int i = 0; i < 30 && !"killed".equals(focused(browser)); i++) {
				new Actions(browser.driver()).sendKeys(Keys.TAB).perform();
			}
			new Actions(browser.driver()).sendKeys(Keys.ENTER).perform();
			assertThat(browser.count(FIRST + ".events tbody tr")).isOne().isLessThan(all);
			assertThat(browser.text(FIRST + ".filters [aria-pressed=true]")).isEqualTo("killed");
		}
	}

	private static Object focused(Browser browser) {
		return browser.evaluate("return document.activeElement.textContent");
	}

	@Test
	void isAccessibleAndFitsASmallScreen() throws Exception {
		try (PageApplication application = PageApplication.start(this.server)) {
			for (String scheme : List.of("--force-dark-mode", "--disable-dark-mode")) {
				try (Browser browser = Browser.start(scheme)) {
					browser.open(application.url(PAGE));
					awaitBars(browser, 4);
					browser.resize(320, 800);
					assertThat(new AxeBuilder().analyze(browser.driver()).getViolations()).isEmpty();
					assertThat(browser.evaluate("return document.documentElement.scrollWidth"))
						.isEqualTo(browser.evaluate("return document.documentElement.clientWidth"));
				}
			}
		}
	}

	@Test
	void saysForHowLongTheApplicationHasNotAnswered() throws Exception {
		try (Browser browser = Browser.start()) {
			try (PageApplication application = PageApplication.start(this.server)) {
				browser.open(application.url(PAGE));
				awaitBars(browser, 4);
				Awaitility.await().untilAsserted(() -> assertThat(browser.text("#freshness")).isEqualTo("Up to date"));
			}
			Awaitility.await()
				.untilAsserted(() -> assertThat(browser.text("#freshness")).matches("no answer for [1-9]\\d* s.*"));
		}
	}

	@Test
	void worksOnAnotherPortUnderAnotherPath() throws Exception {
		try (PageApplication application = PageApplication.start(this.server, "management.server.port=0",
				"management.endpoints.web.base-path=/manage", "management.server.base-path=/inside",
				"management.endpoints.web.path-mapping.connectionguard=pools/guard");
				Browser browser = Browser.start()) {
			browser.open(application.managementUrl("/inside/manage/pools/guard"));
			awaitBars(browser, 4);
		}
	}

	private static void awaitBars(Browser browser, int count) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(browser.count(FIRST + ".bar")).isEqualTo(count));
	}

	private void killOneOf(PageApplication application) throws Exception {
		long id;
		try (Connection connection = application.pool().getConnection();
				var rows = connection.createStatement().executeQuery("SELECT CONNECTION_ID()")) {
			rows.next();
			id = rows.getLong(1);
		}
		this.server.execute("KILL " + id);
	}

}
