package io.github.connectionguard.benchmarks.faults.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The users of one application. A request is sent when its time has come, whatever became
 * of those before, as users do not wait for each other.
 */
final class Users {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int OK = 200;

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.executor(Executors.newFixedThreadPool(2))
		.build();

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

	private final AtomicLong ids = new AtomicLong();

	private final Phaser unanswered = new Phaser(1);

	private final String application;

	private final int port;

	private final Consumer<Answer> listener;

	private @Nullable ScheduledFuture<?> steady;

	Users(String application, int port, Consumer<Answer> listener) {
		this.application = application;
		this.port = port;
		this.listener = listener;
	}

	/**
	 * Begins to read and write in turns.
	 * @param rate how often a second
	 * @param hold how many seconds the server takes for a write
	 */
	void steady(double rate, double hold) {
		long pause = (long) (TimeUnit.SECONDS.toNanos(1) / rate);
		long beginning = Math.floorMod(this.application.hashCode(), pause);
		this.steady = this.clock.scheduleAtFixedRate(() -> send(this.ids.incrementAndGet(), hold), beginning, pause,
				TimeUnit.NANOSECONDS);
	}

	void burst(int count, double hold) {
		for (int i = 0; i < count; i++) {
			// the even ones are writes
			send(this.ids.updateAndGet((id) -> id + 2 - id % 2), hold);
		}
	}

	void stop() {
		if (this.steady != null) {
			this.steady.cancel(false);
		}
	}

	/**
	 * Waits until all that was sent has been answered, which takes no longer than
	 * somebody's patience.
	 */
	void awaitAnswers() {
		this.unanswered.arriveAndAwaitAdvance();
	}

	private void send(long id, double hold) {
		boolean isWrite = id % 2 == 0;
		String path = isWrite ? "/write?id=" + id + "&hold=" + hold : "/read?id=1";
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.timeout(PATIENCE);
		if (isWrite) {
			request.POST(HttpRequest.BodyPublishers.noBody());
		}
		long begin = System.nanoTime();
		this.unanswered.register();
		this.client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()).whenComplete((response, ex) -> {
			long end = System.nanoTime();
			this.listener.accept(new Answer(this.application, id, isWrite, begin, end, failure(response, ex)));
			this.unanswered.arriveAndDeregister();
		});
	}

	private static String failure(@Nullable HttpResponse<String> response, @Nullable Throwable ex) {
		if (response == null) {
			return String.valueOf(ex);
		}
		return (response.statusCode() == OK) ? "" : response.statusCode() + " " + response.body();
	}

}
