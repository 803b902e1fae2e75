package io.github.connectionguard.event;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventStream} and {@link FlightRecorder}.
 */
@Tag("extended")
@ExtendWith(OutputCaptureExtension.class)
class EventStreamTests {

	private final EventStream stream = new EventStream();

	private final List<GuardEvent> told = new CopyOnWriteArrayList<>();

	private final CountDownLatch blocked = new CountDownLatch(1);

	@AfterEach
	void release() {
		this.blocked.countDown();
		Awaitility.await().until(() -> threads() == 0);
	}

	@Test
	void everyListenerIsToldEverythingInOrder() {
		List<GuardEvent> others = new CopyOnWriteArrayList<>();
		this.stream.subscribe(this.told::add);
		this.stream.subscribe(others::add);
		List<GuardEvent> events = publish(100);
		Awaitility.await().untilAsserted(() -> assertThat(this.told).isEqualTo(events));
		Awaitility.await().untilAsserted(() -> assertThat(others).isEqualTo(events));
	}

	@Test
	void listenerIsToldNothingAnyMoreOnceThatWasEnded() {
		Runnable end = this.stream.subscribe(this.told::add);
		List<GuardEvent> before = publish(1);
		Awaitility.await().untilAsserted(() -> assertThat(this.told).isEqualTo(before));
		end.run();
		publish(1);
		Awaitility.await().until(() -> threads() == 0);
		assertThat(this.told).isEqualTo(before);
	}

	@Test
	void listenerIsNotToldWhatItIsBehindWithOnceThatWasEnded() {
		Runnable end = this.stream.subscribe((event) -> {
			this.told.add(event);
			block();
		});
		List<GuardEvent> events = publish(3);
		Awaitility.await().until(() -> !this.told.isEmpty());
		end.run();
		this.blocked.countDown();
		Awaitility.await().until(() -> threads() == 0);
		assertThat(this.told).isEqualTo(events.subList(0, 1));
	}

	@Test
	void listenerThatThrowsIsToldOfOnceAndHarmsNobody(CapturedOutput output) {
		this.stream.subscribe((event) -> {
			throw new IllegalStateException("no good");
		});
		this.stream.subscribe((event) -> {
			throw new LinkageError("no better");
		});
		this.stream.subscribe(this.told::add);
		List<GuardEvent> events = publish(10);
		Awaitility.await().untilAsserted(() -> assertThat(this.told).isEqualTo(events));
		Awaitility.await()
			.untilAsserted(() -> assertThat(
					output.getAll().lines().filter((line) -> line.contains("A listener of the guard's events")))
				.hasSize(2));
	}

	@Test
	void listenerThatBlocksDelaysNobody() {
		this.stream.subscribe((event) -> block());
		this.stream.subscribe(this.told::add);
		List<GuardEvent> events = publish(10);
		Awaitility.await().untilAsserted(() -> assertThat(this.told).isEqualTo(events));
		assertThat(this.blocked.getCount()).isOne();
	}

	@Test
	void listenerThatIsFarBehindMissesTheOldest() {
		List<GuardEvent> seen = new CopyOnWriteArrayList<>();
		this.stream.subscribe((event) -> {
			block();
			seen.add(event);
		});
		List<GuardEvent> events = publish(3000);
		this.blocked.countDown();
		GuardEvent last = events.get(events.size() - 1);
		Awaitility.await().until(() -> seen.contains(last));
		assertThat(seen).hasSizeLessThan(events.size()).isSubsetOf(events);
	}

	@Test
	void recorderKeepsTheLatest() {
		List<GuardEvent> few = publish(3);
		assertThat(this.stream.recorder().events()).isEqualTo(few);
		List<GuardEvent> many = publish(2 * FlightRecorder.CAPACITY);
		assertThat(this.stream.recorder().events())
			.isEqualTo(many.subList(many.size() - FlightRecorder.CAPACITY, many.size()));
	}

	private void block() {
		try {
			this.blocked.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<GuardEvent> publish(int count) {
		List<GuardEvent> events = IntStream.range(0, count)
			.<GuardEvent>mapToObj(
					(number) -> new GuardEvent.ConnectionOpened("pool", Instant.ofEpochSecond(number), "connection"))
			.toList();
		events.forEach(this.stream::publish);
		return events;
	}

	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("connection-guard-events"))
			.count();
	}

}
