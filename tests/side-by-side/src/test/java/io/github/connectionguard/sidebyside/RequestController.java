package io.github.connectionguard.sidebyside;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Handles each request in the way a case says.
 */
@RestController
class RequestController {

	private final Map<Integer, Pending> pending = new ConcurrentHashMap<>();

	/**
	 * Have a request handled.
	 */
	void expect(int number, Handler handler, Request request) {
		this.pending.put(number, new Pending(handler, request));
	}

	@GetMapping("/{number}")
	ResponseEntity<String> handle(@PathVariable int number) throws Exception {
		Pending its = this.pending.remove(number);
		if (its == null) {
			return ResponseEntity.notFound().build();
		}
		its.handler().handle(its.request());
		return ResponseEntity.status(its.request().status()).body("done");
	}

	@ExceptionHandler
	ResponseEntity<String> handle(ToldException exception) throws Exception {
		exception.handler().run();
		return ResponseEntity.status(HttpStatus.CONFLICT).body("told");
	}

	/**
	 * What a request does.
	 */
	private record Pending(Handler handler, Request request) {

	}

}
