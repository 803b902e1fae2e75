package io.github.connectionguard.data.jpa;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.connectionguard.data.RunningApplication;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for sessions behind Spring Security.
 */
class SecuredSessionTests {

	@Test
	void requestThatIsTurnedAwayBeginsNothing() throws Exception {
		try (RunningApplication application = RunningApplication.start(SecuredApplication.class, List.of(),
				"connection-guard.session.mode=transaction", "spring.security.user.password=secret")) {
			assertThat(application.get("/begun").statusCode()).isEqualTo(401);
			assertThat(application.get("/begun", "user", "secret").body()).isEqualTo("1");
		}
	}

	/**
	 * An application that lets nobody in without a password.
	 */
	@EnableAutoConfiguration(exclude = { DataJdbcRepositoriesAutoConfiguration.class, JooqAutoConfiguration.class,
			MybatisAutoConfiguration.class })
	@Import({ BegunTransactions.class, BegunController.class })
	static class SecuredApplication {

	}

	/**
	 * Counts transactions.
	 */
	@Component
	static class BegunTransactions implements TransactionExecutionListener {

		private final AtomicInteger count = new AtomicInteger();

		@Override
		public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
			this.count.incrementAndGet();
		}

	}

	/**
	 * Tells how many transactions have begun.
	 */
	@RestController
	static class BegunController {

		private final BegunTransactions transactions;

		BegunController(BegunTransactions transactions) {
			this.transactions = transactions;
		}

		@GetMapping("/begun")
		String begun() {
			return this.transactions.count.toString();
		}

	}

}
