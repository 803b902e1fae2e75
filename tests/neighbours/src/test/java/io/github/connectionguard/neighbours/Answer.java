package io.github.connectionguard.neighbours;

import java.net.http.HttpResponse;

/**
 * What a client was answered.
 *
 * @param status the status of the response
 * @param body its body
 * @param location where it redirects to, empty if it does not
 */
public record Answer(int status, String body, String location) {

	static Answer of(HttpResponse<String> response) {
		String location = response.headers().firstValue("Location").orElse("");
		return new Answer(response.statusCode(), response.body(), location.replaceFirst("^https?://[^/]+", ""));
	}

	/**
	 * Without what changes from run to run in the body of an error, or in links.
	 */
	@Override
	public String toString() {
		String constant = Constant.withoutIds(this.body)
			.replaceAll("\"(timestamp|requestId)\":\"[^\"]+\",?", "")
			.replaceAll("http://127\\.0\\.0\\.1:\\d+/", "/");
		return this.status + " '" + constant + "'" + (this.location.isEmpty() ? "" : ", on to " + this.location);
	}

}
