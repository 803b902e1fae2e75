package io.github.connectionguard.endpoint.page;

import org.springframework.util.MimeType;

/**
 * A file the page is made of.
 *
 * @param content its content
 * @param type what it is
 */
public record PageFile(String content, MimeType type) {

}
