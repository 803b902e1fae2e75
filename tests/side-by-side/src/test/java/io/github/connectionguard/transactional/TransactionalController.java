package io.github.connectionguard.transactional;

import java.util.ArrayList;
import java.util.List;

import io.github.connectionguard.transactional.TransactionalCase.Handler;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Handles each request in the way a case says.
 */
@RestController
class TransactionalController {

	private final ApplicationContext application;

	private volatile @Nullable Pending next;

	TransactionalController(ApplicationContext application) {
		this.application = application;
	}

	/**
	 * Have the next request handled in another way.
	 * @return the transcript it will write
	 */
	List<String> next(Handler handler, JdbcTemplate others) {
		List<String> transcript = new ArrayList<>();
		this.next = new Pending(handler, new TransactionalRequest(this.application, others, transcript));
		return transcript;
	}

	@GetMapping("/")
	String handle() throws Exception {
		Pending pending = this.next;
		if (pending == null) {
			throw new IllegalStateException("Nothing is to be done");
		}
		pending.handler().handle(pending.request());
		return "done";
	}

	/**
	 * What the next request does.
	 */
	private record Pending(Handler handler, TransactionalRequest request) {

	}

}
