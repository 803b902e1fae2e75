package io.github.connectionguard.endpoint.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.util.MimeType;

/**
 * The page, and what it is made of: style and script are files of their own, so that a
 * content security policy that allows an application's own ones lets them pass.
 * Immutable.
 */
public final class Page {

	private static final String BASE = "{base}";

	private static final Map<String, MimeType> TYPES = Map.of("page.css", text("text", "css"), "page.js",
			text("text", "javascript"), "page.svg", text("image", "svg+xml"));

	private final String base;

	/**
	 * Create the page.
	 * @param base the last segment of the path it is found at, below which its files are
	 */
	public Page(String base) {
		this.base = base;
	}

	private static MimeType text(String type, String subtype) {
		return new MimeType(type, subtype, StandardCharsets.UTF_8);
	}

	/**
	 * Return the page itself.
	 * @return the page
	 */
	public PageFile html() {
		return new PageFile(read("page.html").replace(BASE, this.base), text("text", "html"));
	}

	/**
	 * Return a file the page needs.
	 * @param name its name
	 * @return the file, or {@code null} if it needs none of that name
	 */
	public @Nullable PageFile file(String name) {
		MimeType type = TYPES.get(name);
		return (type != null) ? new PageFile(read(name), type) : null;
	}

	private static String read(String name) {
		try {
			return new ClassPathResource(name, Page.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
