package io.github.connectionguard.neighbours.modulith;

import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application that tells one of its modules what another one has done.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ ModulithApplication.Orders.class, ModulithApplication.Shipping.class })
class ModulithApplication {

	record Ordered(String item) {

	}

	@RestController
	static class Orders {

		private final JdbcTemplate jdbc;

		private final TransactionOperations transaction;

		private final ApplicationEventPublisher events;

		Orders(JdbcTemplate jdbc, TransactionOperations transaction, ApplicationEventPublisher events) {
			this.jdbc = jdbc;
			this.transaction = transaction;
			this.events = events;
		}

		@PostMapping("/order")
		String order(@RequestParam String item) {
			this.transaction.executeWithoutResult((status) -> orderBare(item));
			return item;
		}

		/**
		 * Without a transaction, which means that nobody is told.
		 */
		@PostMapping("/order-bare")
		String orderBare(@RequestParam String item) {
			this.jdbc.update("INSERT INTO line (name) VALUES (?)", item + " ordered");
			this.events.publishEvent(new Ordered(item));
			return item;
		}

		@PostMapping("/order-and-fail")
		String orderAndFail(@RequestParam String item) {
			order(item);
			throw new IllegalStateException("The office is closed");
		}

		@PostMapping("/fail-to-order")
		String failToOrder(@RequestParam String item) {
			this.transaction.executeWithoutResult((status) -> {
				orderBare(item);
				throw new IllegalStateException("There is no paper");
			});
			return item;
		}

	}

	static class Shipping {

		private final JdbcTemplate jdbc;

		private final AtomicBoolean closed = new AtomicBoolean();

		Shipping(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		void setClosed(boolean closed) {
			this.closed.set(closed);
		}

		@ApplicationModuleListener
		void ship(Ordered order) {
			this.jdbc.update("INSERT INTO line (name) VALUES (?)", order.item() + " shipped");
			if (this.closed.get()) {
				throw new IllegalStateException("Nobody ships today");
			}
		}

	}

}
