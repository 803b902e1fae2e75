package io.github.connectionguard.data.matrix;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * One handler for each {@link RequestOutcome} of a request that goes on without its
 * thread.
 */
@RestController
@RequestMapping("/{way}")
class AsyncOutcomeController {

	private final Ways ways;

	private final FirstLook firstLook;

	AsyncOutcomeController(Ways ways, FirstLook firstLook) {
		this.ways = ways;
		this.firstLook = firstLook;
	}

	@GetMapping("/async-ok")
	Callable<String> ok(@PathVariable Way way) {
		this.ways.of(way).insert("handler");
		return () -> {
			this.ways.of(way).insert("callable");
			return OutcomeController.SAYS_AT_LENGTH;
		};
	}

	@GetMapping("/async-throws")
	Callable<String> failing(@PathVariable Way way) {
		this.ways.of(way).insert("handler");
		return () -> {
			this.ways.of(way).insert("callable");
			throw new IllegalStateException("in the callable");
		};
	}

	@GetMapping("/stream")
	StreamingResponseBody stream(@PathVariable Way way) {
		this.ways.of(way).insert("handler");
		return (body) -> {
			this.ways.of(way).insert("stream");
			body.write(OutcomeController.SAYS_AT_LENGTH.getBytes(StandardCharsets.UTF_8));
			this.firstLook.await();
		};
	}

}
