package io.github.connectionguard.hikari;

import java.util.Arrays;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * Whom a pool logs in as, now.
 *
 * @param username the user, or {@code null} if the driver knows
 * @param password the password, or {@code null} if there is none
 */
record Login(@Nullable String username, @Nullable String password) {

	/**
	 * Since HikariCP 7.
	 */
	private static final boolean HAS_PROVIDER = Arrays.stream(HikariConfig.class.getMethods())
		.anyMatch((method) -> method.getName().equals("getCredentialsProvider"));

	static Login of(HikariConfig config) {
		Login provided = HAS_PROVIDER ? provided(config) : null;
		return (provided != null) ? provided : of(config.getCredentials());
	}

	private static @Nullable Login provided(HikariConfig config) {
		var provider = config.getCredentialsProvider();
		return (provider != null) ? of(provider.getCredentials()) : null;
	}

	private static Login of(Credentials credentials) {
		return new Login(credentials.getUsername(), credentials.getPassword());
	}

	@Override
	public String toString() {
		return "Login of " + this.username;
	}

}
