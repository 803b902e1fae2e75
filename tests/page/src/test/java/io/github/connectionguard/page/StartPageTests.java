package io.github.connectionguard.page;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the start page of the sample promises, with the guard and without it.
 */
@Tag("extended")
class StartPageTests {

	private static StartPage page;

	@BeforeAll
	static void open() {
		page = StartPage.open();
	}

	@AfterAll
	static void close() {
		page.close();
	}

	@AfterEach
	void consoleHasNothingElse() {
		assertThat(page.errors()).isEmpty();
	}

	@Test
	void showsTheGuardsPage() {
		assertThat(page.browser().text("#guard")).isEqualTo("The guard is on");
		StartPage.await().untilAsserted(() -> assertThat(page.guardPage(".sentence")).isNotEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void isAccessibleAndFitsASmallScreen(String scheme) {
		page.browser().resize(320, 800);
		assertThat(page.violations(scheme)).isEmpty();
		assertThat(page.browser().evaluate("return document.documentElement.scrollWidth"))
			.isEqualTo(page.browser().evaluate("return document.documentElement.clientWidth"));
	}

	@Test
	void writeIsCommitted() {
		assertThat(page.press("write")).contains("POST /notes: 200 after", "1 row is there");
	}

	@Test
	void worksByKeyboard() {
		page.browser().evaluate("document.getElementById('write').focus()");
		new Actions(page.browser().driver()).sendKeys(Keys.TAB, Keys.TAB, Keys.ENTER).perform();
		assertThat(page.outcome("kill")).contains("killed: ");
	}

	@Test
	void writeThatThrowsLeavesNoRow() {
		assertThat(page.press("throw")).contains("POST /notes/broken: 500 after", ": after the row was written",
				"No row is there");
	}

	@Test
	void killFailsNoRequest() {
		assertThat(page.press("kill")).containsSubsequence("10 of 10 requests were answered", "killed: ",
				"10 of 10 requests were answered");
		StartPage.await().untilAsserted(() -> assertThat(page.guardPage(".events")).contains("KILLED"));
	}

	@Test
	void restartLosesNothing() {
		assertThat(page.press("restart")).containsSubsequence("10 of 10 requests were answered",
				"POST /server/restart: 200 after", "10 of 10 requests were answered", "10 rows are there");
		StartPage.await().untilAsserted(() -> assertThat(page.guardPage(".events")).contains("outage ended"));
	}

	@Test
	void leakedConnectionIsTakenBack() {
		assertThat(page.press("leak")).contains("POST /connections/leak: 200 after", "No connection is in use");
		StartPage.await().untilAsserted(() -> assertThat(page.guardPage(".sentence")).contains("not given back"));
	}

	@Test
	void longTransactionShowsWithItsRequest() {
		StartPage.await().untilAsserted(() -> {
			page.begin("hold");
			page.inGuardPage(() -> page.browser()
				.evaluate("document.querySelector('.bar.transaction:not([aria-expanded=true])')?.click()"));
			assertThat(page.guardPage(".detail")).contains("POST /connections/hold");
		});
		assertThat(page.outcome("hold")).contains("committed after 5 seconds", "1 row is there");
	}

	@Test
	void floodWaitsAndLosesNothing() {
		assertThat(page.press("flood")).contains("150 of 150 requests were answered", "150 rows are there");
		StartPage.await()
			.untilAsserted(() -> assertThat(page.guardPage("figcaption")).contains("waited for a connection"));
	}

	/**
	 * The differences.
	 */
	@Nested
	class WithoutTheGuard {

		private static StartPage unguarded;

		@BeforeAll
		static void open() {
			unguarded = page.openWithoutTheGuard();
		}

		@AfterAll
		static void close() {
			unguarded.close();
		}

		@AfterEach
		void consoleHasNothingElse() {
			assertThat(unguarded.errors()).isEmpty();
		}

		@Test
		void saysThatTheGuardIsOff() {
			assertThat(unguarded.browser().text("#guard")).isEqualTo("The guard is off");
			assertThat(unguarded.browser().text("#beside")).contains("connection-guard.enabled=false");
			assertThat(unguarded.violations("light")).isEmpty();
		}

		@Test
		void writeThatThrowsLeavesARow() {
			assertThat(unguarded.press("throw")).contains("POST /notes/broken: 500 after", "1 row is there");
		}

		@Test
		void killFailsRequests() {
			StartPage.await()
				.untilAsserted(() -> assertThat(unguarded.press("kill")).contains("times 500: ",
						"Communications link failure"));
		}

		@Test
		void leakedConnectionStaysInUse() {
			assertThat(unguarded.press("leak")).contains("In use by nobody, and lost to the pool: 1");
		}

	}

}
