package io.github.connectionguard.endpoint.detail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * The versions of what works together, as their artifacts tell them.
 */
public final class Versions {

	private Versions() {
	}

	/**
	 * Return the version of what Maven has built.
	 * @param group the group of the artifact
	 * @param artifact the artifact
	 * @return the version, or {@code null} if it does not tell
	 */
	public static @Nullable String of(String group, String artifact) {
		String place = "META-INF/maven/%s/%s/pom.properties".formatted(group, artifact);
		try (InputStream stream = Versions.class.getClassLoader().getResourceAsStream(place)) {
			if (stream == null) {
				return null;
			}
			Properties properties = new Properties();
			properties.load(stream);
			return properties.getProperty("version");
		}
		catch (IOException ex) {
			return null;
		}
	}

}
