package io.github.connectionguard.neighbours.library;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Handlers of Spring MVC that return what writes later, when somebody subscribes to it.
 */
@RestController
@RequestMapping("/reactor")
class ReactorController {

	private final JdbcTemplate jdbc;

	ReactorController(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	@GetMapping("/mono")
	Mono<String> mono() {
		insert("in the handler");
		return Mono.fromCallable(() -> insert("in the Mono"));
	}

	@GetMapping("/mono-elsewhere")
	Mono<String> monoElsewhere() {
		insert("in the handler");
		return mono("elsewhere").subscribeOn(Schedulers.boundedElastic());
	}

	@GetMapping("/mono-fails")
	Mono<String> monoFails() {
		return failingMono();
	}

	@GetMapping("/mono-fails-elsewhere")
	Mono<String> monoFailsElsewhere() {
		insert("in the handler");
		return failingMono().subscribeOn(Schedulers.boundedElastic());
	}

	@GetMapping("/handler-fails")
	Mono<String> handlerFails() {
		insert("in the handler");
		throw new IllegalStateException("in the handler");
	}

	/**
	 * End the transaction before the write in the Mono.
	 */
	@Transactional
	@GetMapping("/transactional")
	Mono<String> transactional() {
		insert("in the transaction");
		return failingMono();
	}

	@GetMapping("/flux")
	Flux<String> flux() {
		return Flux.range(1, 3).map((number) -> insert("element " + number));
	}

	@GetMapping("/flux-elsewhere")
	Flux<String> fluxElsewhere() {
		return flux().subscribeOn(Schedulers.boundedElastic());
	}

	private Mono<String> mono(String where) {
		return Mono.fromCallable(() -> insert(where));
	}

	private Mono<String> failingMono() {
		return Mono.fromCallable(() -> {
			insert("in the Mono");
			throw new IllegalStateException("in the Mono");
		});
	}

	private String insert(String name) {
		this.jdbc.update("INSERT INTO line (name) VALUES (?)", name);
		return name;
	}

}
