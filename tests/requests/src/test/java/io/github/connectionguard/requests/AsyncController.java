package io.github.connectionguard.requests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.github.connectionguard.session.NoSession;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * One handler for each way a request can go on without its thread. Each writes the row
 * {@code handler} before it does.
 */
@RestController
@RequestMapping("/async")
class AsyncController {

	private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);

	private final List<Connection> borrowedByOthers = new CopyOnWriteArrayList<>();

	private final RowService rows;

	private final DataSource dataSource;

	private final Gate gate;

	private final SessionKill kill;

	private final OtherClient other;

	AsyncController(RowService rows, DataSource dataSource, Gate gate, SessionKill kill, OtherClient other) {
		this.rows = rows;
		this.dataSource = dataSource;
		this.gate = gate;
		this.kill = kill;
		this.other = other;
	}

	@PreDestroy
	void stop() {
		this.threads.shutdownNow();
	}

	@GetMapping("/callable")
	Callable<String> callable() {
		return after(() -> "ok");
	}

	@GetMapping("/callable-unchecked")
	Callable<String> unchecked() {
		return after(() -> {
			throw new IllegalStateException("in the callable");
		});
	}

	@GetMapping("/callable-checked")
	Callable<String> checked() {
		return after(() -> {
			throw new IOException("in the callable");
		});
	}

	@GetMapping("/callable-handled")
	Callable<String> handled() {
		return after(() -> {
			throw new HandledException();
		});
	}

	@GetMapping("/callable-returned-400")
	Callable<ResponseEntity<String>> returned400() {
		return after(() -> ResponseEntity.badRequest().body("no"));
	}

	@GetMapping("/callable-returned-500")
	Callable<ResponseEntity<String>> returned500() {
		return after(() -> ResponseEntity.internalServerError().body("no"));
	}

	@GetMapping("/handler-throws")
	Callable<String> handlerThrows() {
		this.rows.bare("handler");
		throw new IllegalStateException("before the callable");
	}

	@GetMapping("/callable-opted-out")
	@NoSession
	Callable<String> optedOut() {
		return unchecked();
	}

	@GetMapping("/callable-commit-fails")
	Callable<String> commitFails() {
		return after(() -> {
			this.kill.own();
			return "ok, says the callable";
		});
	}

	@GetMapping("/callable-leaks")
	Callable<String> leaks() {
		return after(() -> {
			this.dataSource.getConnection()
				.createStatement()
				.executeUpdate("INSERT INTO line (name) VALUES ('leaked')");
			return "ok";
		});
	}

	@GetMapping("/handler-leaks")
	Callable<String> handlerLeaks() throws SQLException {
		leak();
		return () -> "ok";
	}

	@GetMapping("/handler-leaks-and-times-out")
	DeferredResult<String> handlerLeaksAndTimesOut() throws SQLException {
		leak();
		return new DeferredResult<>(50L);
	}

	private void leak() throws SQLException {
		Connection leaked = this.dataSource.getConnection();
		leaked.setAutoCommit(false);
		leaked.createStatement().executeUpdate("INSERT INTO line (name) VALUES ('leaked')");
	}

	@GetMapping("/callable-gives-back")
	Callable<String> givesBack() throws SQLException {
		Connection borrowed = this.dataSource.getConnection();
		borrowed.createStatement().executeUpdate("INSERT INTO line (name) VALUES ('handler')");
		return () -> {
			try (borrowed) {
				borrowed.createStatement().executeUpdate("INSERT INTO line (name) VALUES ('callable')");
			}
			this.threads.submit(this::borrowAll).get();
			return "ok";
		};
	}

	@GetMapping("/others")
	String others() throws SQLException {
		for (Connection connection : this.borrowedByOthers) {
			try (connection) {
				connection.createStatement().executeUpdate("INSERT INTO line (name) VALUES ('other')");
			}
		}
		this.borrowedByOthers.clear();
		return "ok";
	}

	private @Nullable Void borrowAll() throws SQLException {
		for (int i = 0; i < 4; i++) {
			this.borrowedByOthers.add(this.dataSource.getConnection());
		}
		return null;
	}

	@GetMapping("/callable-view")
	Callable<View> view() {
		return after(() -> new FailingView());
	}

	@GetMapping("/callable-waits")
	Callable<String> waits() {
		this.rows.bare("handler");
		return () -> {
			this.gate.pass();
			this.rows.bare("callable");
			return "ok";
		};
	}

	@GetMapping("/handler-thread-waits")
	Callable<String> handlerThreadWaits(HttpServletRequest request) {
		request.setAttribute(SlowReturn.class.getName(), true);
		this.rows.bare("handler");
		return () -> {
			int count = this.rows.count();
			this.gate.open();
			return "rows: " + count;
		};
	}

	@GetMapping("/task")
	WebAsyncTask<String> task() {
		return new WebAsyncTask<>(after(() -> "ok"));
	}

	@GetMapping("/task-times-out")
	WebAsyncTask<String> timesOut() {
		return new WebAsyncTask<>(200, ignoringInterrupts());
	}

	@GetMapping("/task-times-out-with-an-answer")
	WebAsyncTask<String> timesOutWithAnAnswer() {
		WebAsyncTask<String> task = timesOut();
		task.onTimeout(() -> "too late");
		return task;
	}

	@GetMapping("/task-on-the-same-thread")
	WebAsyncTask<String> sameThread() {
		return new WebAsyncTask<>(null, new TaskExecutorAdapter(Runnable::run), unchecked());
	}

	@GetMapping("/stream")
	StreamingResponseBody stream() {
		this.rows.bare("handler");
		return (body) -> {
			this.rows.bare("stream");
			body.write("more than a buffer, ".repeat(2000).getBytes(StandardCharsets.UTF_8));
			body.write(("then " + committedRows()).getBytes(StandardCharsets.UTF_8));
		};
	}

	@GetMapping("/stream-throws")
	ResponseEntity<StreamingResponseBody> streamThrows() {
		this.rows.bare("handler");
		return ResponseEntity.ok((body) -> {
			this.rows.bare("stream");
			body.write("never sent".getBytes(StandardCharsets.UTF_8));
			throw new IllegalStateException("in the stream");
		});
	}

	@GetMapping("/stream-large-then-throws")
	StreamingResponseBody streamLargeThenThrows() {
		this.rows.bare("handler");
		return (body) -> {
			this.rows.bare("before");
			body.write(new byte[100_000]);
			this.rows.bare("after");
			throw new IllegalStateException("in the stream");
		};
	}

	@GetMapping("/stream-commit-fails")
	StreamingResponseBody streamCommitFails() {
		this.rows.bare("handler");
		return (body) -> {
			this.rows.bare("stream");
			this.kill.own();
			body.write("ok, says the stream".getBytes(StandardCharsets.UTF_8));
		};
	}

	@GetMapping("/deferred")
	DeferredResult<String> deferred() {
		this.rows.bare("handler");
		DeferredResult<String> result = new DeferredResult<>();
		this.threads.execute(() -> {
			this.rows.bare("thread");
			result.setResult("ok");
		});
		return result;
	}

	@GetMapping("/deferred-error")
	DeferredResult<String> deferredError() {
		this.rows.bare("handler");
		DeferredResult<String> result = new DeferredResult<>();
		this.threads.execute(() -> result.setErrorResult(new IllegalStateException("on the thread")));
		return result;
	}

	@GetMapping("/deferred-waits")
	DeferredResult<String> deferredWaits() {
		this.rows.bare("handler");
		DeferredResult<String> result = new DeferredResult<>();
		this.threads.execute(() -> result.setResult(String.valueOf(passed())));
		return result;
	}

	@GetMapping("/deferred-times-out")
	DeferredResult<String> deferredTimesOut() {
		this.rows.bare("handler");
		return new DeferredResult<>(200L);
	}

	@GetMapping("/deferred-commit-fails")
	DeferredResult<String> deferredCommitFails() throws SQLException {
		this.rows.bare("handler");
		this.kill.own();
		DeferredResult<String> result = new DeferredResult<>();
		result.setResult("ok, says the handler");
		return result;
	}

	@GetMapping("/future")
	CompletableFuture<String> future() {
		this.rows.bare("handler");
		return CompletableFuture.supplyAsync(() -> {
			this.rows.bare("thread");
			return "ok";
		}, this.threads);
	}

	@GetMapping("/events")
	SseEmitter events() {
		this.rows.bare("handler");
		SseEmitter emitter = new SseEmitter(60_000L);
		emit(emitter);
		return emitter;
	}

	@GetMapping("/emitter")
	ResponseBodyEmitter emitter() throws IOException {
		this.rows.bare("handler");
		ResponseBodyEmitter emitter = new ResponseBodyEmitter();
		emitter.send("first");
		this.threads.execute(() -> {
			try {
				this.gate.pass();
				emitter.send(" and last");
				emitter.complete();
			}
			catch (IOException | InterruptedException ex) {
				emitter.completeWithError(ex);
			}
		});
		return emitter;
	}

	@ExceptionHandler(HandledException.class)
	ResponseEntity<String> handle() {
		return ResponseEntity.status(HttpStatus.CONFLICT).body("handled");
	}

	@ExceptionHandler({ TransactionException.class, DataAccessException.class })
	String handleFailedCommit() {
		return "never mind";
	}

	/**
	 * Send an event now and every 100 ms, until the gate is open.
	 */
	private void emit(SseEmitter emitter) {
		try {
			emitter.send("event");
			if (this.gate.isOpen()) {
				emitter.complete();
			}
			else {
				this.threads.schedule(() -> emit(emitter), 100, TimeUnit.MILLISECONDS);
			}
		}
		catch (IOException ex) {
			emitter.completeWithError(ex);
		}
	}

	private <T> Callable<T> after(Callable<T> end) {
		this.rows.bare("handler");
		return () -> {
			this.rows.bare("callable");
			return end.call();
		};
	}

	private Callable<String> ignoringInterrupts() {
		return after(() -> {
			while (!passed()) {
				Thread.onSpinWait();
			}
			return "ok";
		});
	}

	private boolean passed() {
		try {
			return this.gate.pass();
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

	/**
	 * Count the rows as somebody else sees them.
	 */
	private int committedRows() {
		try (var connection = this.other.connect();
				var count = connection.createStatement().executeQuery("SELECT COUNT(*) FROM line")) {
			count.next();
			return count.getInt(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * An exception that becomes a response.
	 */
	static class HandledException extends Exception {

	}

	/**
	 * A view that fails after it wrote a row.
	 */
	private final class FailingView implements View {

		@Override
		public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response) {
			AsyncController.this.rows.bare("view");
			throw new IllegalStateException("in the view");
		}

	}

}
