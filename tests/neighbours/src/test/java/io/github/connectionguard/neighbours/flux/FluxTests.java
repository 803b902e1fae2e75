package io.github.connectionguard.neighbours.flux;

import java.util.List;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.neighbours.NeighbourTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application of WebFlux with a database of JDBC.
 */
@ExtendWith(OutputCaptureExtension.class)
class FluxTests extends NeighbourTests {

	FluxTests() {
		super(Neighbour.reactive(FluxApplication.class)
			.properties("spring.sql.init.schema-locations=classpath:line.sql"));
	}

	@Override
	protected List<Case> cases() {
		return List.of(answered("/write", 200, "written"), answered("/fail", 500, "written"),
				answered("/transaction", 200, "committed"), answered("/rollback", 500),
				answered("/blocking", 200, "blocking"));
	}

	private static Case answered(String path, int status, String... lines) {
		return new Case(path, (visit) -> {
			assertThat(visit.get(path).status()).isEqualTo(status);
			assertThat(visit.rows("SELECT name FROM line ORDER BY id")).containsExactly(lines);
			visit.others().update("DELETE FROM line");
		});
	}

	@Test
	void logDoesNotSpeakOfSessionsAsNoRequestHasOne(CapturedOutput output) {
		assertThat(output).contains("wait_timeout").doesNotContain("essions run", "essions only");
	}

}
