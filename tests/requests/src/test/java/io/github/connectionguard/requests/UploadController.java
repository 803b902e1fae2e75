package io.github.connectionguard.requests;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A handler that writes a row before it reads the body of its request. The container asks
 * for the body no sooner than that.
 */
@RestController
class UploadController {

	private final RowService rows;

	UploadController(RowService rows) {
		this.rows = rows;
	}

	@Bean
	static TomcatConnectorCustomizer continueOnRead() {
		return (connector) -> connector.setProperty("continueResponseTiming", "onRead");
	}

	@PostMapping("/upload")
	String upload(boolean fails, HttpServletRequest request) throws IOException {
		this.rows.bare("a");
		int length = request.getInputStream().readAllBytes().length;
		if (fails) {
			throw new IllegalStateException("after the body");
		}
		return "read: " + length;
	}

}
