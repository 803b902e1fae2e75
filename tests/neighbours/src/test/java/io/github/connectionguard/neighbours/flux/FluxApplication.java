package io.github.connectionguard.neighbours.flux;

import java.util.List;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application of WebFlux that writes by JDBC.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(FluxApplication.Lines.class)
class FluxApplication {

	@RestController
	static class Lines {

		private final JdbcTemplate jdbc;

		private final TransactionOperations transactions;

		Lines(JdbcTemplate jdbc, TransactionOperations transactions) {
			this.jdbc = jdbc;
			this.transactions = transactions;
		}

		@GetMapping("/write")
		Mono<String> write() {
			return Mono.fromCallable(() -> insert("written")).subscribeOn(Schedulers.boundedElastic());
		}

		@GetMapping("/fail")
		Mono<String> fail() {
			return Mono.fromCallable(() -> insert("written"))
				.subscribeOn(Schedulers.boundedElastic())
				.map((written) -> {
					throw new IllegalStateException("after the write");
				});
		}

		@GetMapping("/transaction")
		Mono<String> transaction() {
			return Mono.fromCallable(() -> this.transactions.execute((status) -> insert("committed")))
				.subscribeOn(Schedulers.boundedElastic());
		}

		@GetMapping("/rollback")
		Mono<String> rollback() {
			return Mono.fromCallable(() -> this.transactions.<String>execute((status) -> {
				insert("undone");
				throw new IllegalStateException("in the transaction");
			})).subscribeOn(Schedulers.boundedElastic());
		}

		/**
		 * Block the thread of many requests.
		 */
		@GetMapping("/blocking")
		List<String> blocking() {
			insert("blocking");
			return this.jdbc.queryForList("SELECT name FROM line ORDER BY id", String.class);
		}

		private String insert(String name) {
			this.jdbc.update("INSERT INTO line (name) VALUES (?)", name);
			return name;
		}

	}

}
