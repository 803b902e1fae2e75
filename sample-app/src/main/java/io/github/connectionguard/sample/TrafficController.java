package io.github.connectionguard.sample;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Has this application sent many requests at once.
 */
@RestController
class TrafficController {

	private final Traffic traffic;

	TrafficController(Traffic traffic) {
		this.traffic = traffic;
	}

	@PostMapping("/traffic")
	TrafficReport send(@RequestParam(defaultValue = "150") int requests,
			@RequestParam(defaultValue = "traffic") String text, HttpServletRequest request) {
		return this.traffic.send(requests, text, request.getLocalPort()).join();
	}

}
