package io.github.connectionguard.testsupport;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ServerProcess}: what is left of it, and what is frozen of it.
 */
@Tag("extended")
class ServerProcessTests {

	@Test
	void leavesNoProcessAndNoFolderWhenItIsClosed() {
		ServerProcess server = startProcess();
		ProcessHandle process = server.process();
		assertThat(process.isAlive()).isTrue();
		assertThat(server.folder()).isNotEmptyDirectory();
		server.close();
		assertThat(process.isAlive()).isFalse();
		assertThat(server.folder()).doesNotExist();
	}

	@Test
	@Tag("slow")
	void leavesNothingWhenTheJvmEnds() throws IOException {
		OtherJvm other = OtherJvm.start("run");
		other.jvm().destroy();
		other.awaitNothingLeft();
	}

	@Test
	@Tag("slow")
	void leavesNothingWhenTheJvmIsKilled() throws IOException {
		OtherJvm other = OtherJvm.start("run");
		other.jvm().destroyForcibly();
		other.awaitNothingLeft();
	}

	@Test
	void serverThatIsFrozenStandsStill() {
		try (ServerProcess server = startProcess()) {
			for (int i = 0; i < 20; i++) {
				server.freeze();
				assertThat(server.isStopped()).isTrue();
				server.thaw();
			}
		}
	}

	@Test
	@Tag("slow")
	void leavesNothingWhenTheJvmIsKilledWhileTheServerIsFrozen() throws IOException {
		OtherJvm other = OtherJvm.start("freeze");
		other.jvm().destroyForcibly();
		other.awaitNothingLeft();
	}

	static ServerProcess startProcess() {
		DatabaseServer server = ServerSource.ofThisMachine().start(List.of());
		assumeThat(server).as("servers are processes on this machine").isInstanceOf(ServerProcess.class);
		return (ServerProcess) server;
	}

	/**
	 * Another JVM, the server it started and the folder of all it wrote.
	 *
	 * @param jvm the JVM
	 * @param server the server
	 * @param folder the folder
	 */
	record OtherJvm(Process jvm, ProcessHandle server, Path folder) {

		static OtherJvm start(String action) throws IOException {
			startProcess().close();
			Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
					System.getProperty("java.class.path"), ServerProcessMain.class.getName(), action)
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			try (BufferedReader output = jvm.inputReader()) {
				String[] words = output.lines()
					.filter((line) -> line.startsWith(ServerProcessMain.MARK))
					.findFirst()
					.orElseThrow()
					.split(" ", 3);
				Path folder = Path.of(words[2]).resolve("..").normalize();
				assertThat(folder).isNotEmptyDirectory();
				return new OtherJvm(jvm, ProcessHandle.of(Long.parseLong(words[1])).orElseThrow(), folder);
			}
		}

		void awaitNothingLeft() {
			await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				assertThat(this.jvm.isAlive()).isFalse();
				assertThat(this.server.isAlive()).isFalse();
				assertThat(this.folder).doesNotExist();
			});
		}

	}

}
