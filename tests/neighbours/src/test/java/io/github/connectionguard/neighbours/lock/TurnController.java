package io.github.connectionguard.neighbours.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Lock;

import io.github.connectionguard.neighbours.lock.LockApplication.Lines;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockingTaskExecutor;

import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Writes a row before, within and after a turn. A reader on another thread finds what is
 * committed when the turn is over.
 */
@RestController
class TurnController {

	private final JdbcLockRegistry locks;

	private final LockingTaskExecutor executor;

	private final TurnService service;

	private final Lines lines;

	TurnController(JdbcLockRegistry locks, LockingTaskExecutor executor, TurnService service, Lines lines) {
		this.locks = locks;
		this.executor = executor;
		this.service = service;
		this.lines = lines;
	}

	@PostMapping("/registry")
	String registry(@RequestParam boolean fails) {
		this.lines.write("before");
		Lock lock = this.locks.obtain("turn");
		if (!lock.tryLock()) {
			return "not now";
		}
		try {
			this.lines.write("within");
			fail(fails);
		}
		finally {
			lock.unlock();
		}
		return end();
	}

	@PostMapping("/shedlock")
	String shedlock(@RequestParam boolean fails) {
		this.lines.write("before");
		this.executor.executeWithLock((Runnable) () -> {
			this.lines.write("within");
			fail(fails);
		}, new LockConfiguration(Instant.now(), "turn", Duration.ofMinutes(10), Duration.ZERO));
		return end();
	}

	@PostMapping("/annotated")
	String annotated() {
		this.lines.write("before");
		this.service.take();
		return end();
	}

	private static void fail(boolean fails) {
		if (fails) {
			throw new IllegalStateException("Somebody stumbled");
		}
	}

	private String end() {
		String found = this.lines.found().toString();
		this.lines.write("after");
		return found;
	}

}
