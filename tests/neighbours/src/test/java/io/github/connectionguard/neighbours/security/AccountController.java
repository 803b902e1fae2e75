package io.github.connectionguard.neighbours.security;

import java.security.Principal;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.JdbcUserDetailsManager;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Accounts and what they may do.
 */
@RestController
class AccountController {

	private final AuthenticationManager authentication;

	private final JdbcUserDetailsManager users;

	AccountController(AuthenticationManager authentication, JdbcUserDetailsManager users) {
		this.authentication = authentication;
		this.users = users;
	}

	@GetMapping("/home")
	String home(Principal user) {
		return "home of " + user.getName();
	}

	@GetMapping("/fail")
	String fail() {
		throw new IllegalStateException("The house is closed");
	}

	@GetMapping("/admin")
	@PreAuthorize("hasRole('ADMIN')")
	String admin() {
		return "all";
	}

	/**
	 * Log in, with a refusal that an exception handler answers.
	 */
	@PostMapping("/api/login")
	String login(@RequestParam String username, @RequestParam String password) {
		return this.authentication.authenticate(new UsernamePasswordAuthenticationToken(username, password)).getName();
	}

	@ExceptionHandler
	@ResponseStatus(HttpStatus.UNAUTHORIZED)
	String refuse(AuthenticationException ex) {
		return "refused";
	}

	/**
	 * Log in, with a refusal that the handler answers itself.
	 */
	@PostMapping("/api/try-login")
	ResponseEntity<String> tryLogin(@RequestParam String username, @RequestParam String password) {
		try {
			return ResponseEntity.ok(login(username, password));
		}
		catch (AuthenticationException ex) {
			return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body("refused");
		}
	}

	@PostMapping("/api/register")
	String register(@RequestParam String username) {
		this.users.createUser(User.withUsername(username).password("{noop}secret").roles("USER").build());
		return username;
	}

}
