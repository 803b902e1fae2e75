package io.github.connectionguard.testsupport.network;

import java.io.IOException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Namespace}: what is in it, and what is left of it.
 */
@Tag("network")
class NamespaceTests {

	@Test
	void hasNothingButALoopbackAndIsGoneWhenClosed() {
		Requirements.check();
		Namespace namespace = new Namespace("empty", null);
		try (namespace) {
			assertThat(namespace.ask("ip -o link show up").lines()).singleElement().asString().contains(" lo: ");
			assertThat(Namespace.names()).contains(namespace.name());
		}
		assertThat(Namespace.names()).doesNotContain(namespace.name());
	}

	@Test
	void endsWhatRunsInside() {
		Requirements.check();
		Process process;
		try (Namespace namespace = new Namespace("busy", null)) {
			process = namespace.call(() -> new ProcessBuilder("sleep", "600").start());
		}
		assertThat(process.isAlive()).isFalse();
	}

	@Test
	void deletesWhatAKilledProcessLeft() throws IOException, InterruptedException {
		Requirements.check();
		Process killed = new ProcessBuilder("true").start();
		killed.waitFor();
		String left = Namespace.PREFIX + killed.pid() + "-1-left";
		Shell.run("ip netns add " + left);
		try (Namespace ours = new Namespace("ours", null)) {
			Namespace.deleteLeftovers();
			assertThat(Namespace.names()).doesNotContain(left).contains(ours.name());
		}
	}

}
