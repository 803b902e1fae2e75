package io.github.connectionguard.neighbours;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A client of an application and of its database, and a transcript of what it sees there.
 * It keeps its cookies, and uses no connection of the application's pool.
 */
public final class Visit {

	/**
	 * Its threads outlast the applications.
	 */
	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext application;

	private final JdbcTemplate others;

	private final CookieManager cookies = new CookieManager();

	private final List<String> transcript = new ArrayList<>();

	Visit(ConfigurableApplicationContext application, JdbcTemplate others) {
		this.application = application;
		this.others = others;
	}

	/**
	 * Send a request and tell what it was answered.
	 * @param path where to
	 * @return the answer
	 */
	public Answer get(String path) throws IOException, InterruptedException {
		return send("GET " + path, request(path).GET());
	}

	/**
	 * Send a form and tell what it was answered.
	 * @param path where to
	 * @param form the fields of the form, such as {@code a=1&b=2}
	 * @return the answer
	 */
	public Answer post(String path, String form) throws IOException, InterruptedException {
		return send("POST " + path, request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form)));
	}

	/**
	 * Send any request and tell what it was answered.
	 * @param name what the transcript calls it
	 * @param request the request, as {@link #request} prepared it
	 * @return the answer
	 */
	public Answer send(String name, HttpRequest.Builder request) throws IOException, InterruptedException {
		URI uri = request.build().uri();
		List<String> cookies = this.cookies.get(uri, Map.of()).getOrDefault("Cookie", List.of());
		if (!cookies.isEmpty()) {
			request.header("Cookie", String.join("; ", cookies));
		}
		HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
		this.cookies.put(uri, response.headers().map());
		Answer answer = Answer.of(response);
		tell(name + " is answered " + answer);
		return answer;
	}

	/**
	 * Return a request to the application, to be completed.
	 * @param path where to
	 * @return the request
	 */
	public HttpRequest.Builder request(String path) {
		String port = this.application.getEnvironment().getRequiredProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
	}

	/**
	 * Return the cookies that the application has set.
	 * @return the cookies
	 */
	public CookieManager cookies() {
		return this.cookies;
	}

	/**
	 * Tell what a query finds that is asked by somebody else, so what is committed.
	 * @param query the query
	 * @return the rows, each as text
	 */
	public List<String> rows(String query) {
		List<String> rows = query(query);
		tell("others see " + rows + " by " + query);
		return rows;
	}

	private List<String> query(String query) {
		return this.others.query(query, (row, number) -> {
			List<String> values = new ArrayList<>();
			for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
				values.add(String.valueOf(row.getString(column)));
			}
			return String.join(" ", values);
		});
	}

	/**
	 * Wait until a query by somebody else finds certain rows, and tell that it did.
	 * @param query the query
	 * @param rows the rows, each as text
	 */
	public void awaitRows(String query, String... rows) {
		await(() -> query(query).equals(List.of(rows)));
		rows(query);
	}

	/**
	 * Wait for something, on which nothing is told.
	 * @param condition what to wait for
	 */
	public void await(Callable<Boolean> condition) {
		Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(condition);
	}

	/**
	 * Return a session of somebody else in the application's database, in auto-commit
	 * mode.
	 * @return the other session
	 */
	public JdbcTemplate others() {
		return this.others;
	}

	/**
	 * Return a bean of the application.
	 * @param <T> the type of the bean
	 * @param type the type of the bean
	 * @return the bean
	 */
	public <T> T bean(Class<T> type) {
		return this.application.getBean(type);
	}

	/**
	 * Add a line to the transcript, which has to be the same on both sides.
	 * @param line the line
	 */
	public void tell(String line) {
		this.transcript.add(line);
	}

	List<String> transcript() {
		return this.transcript;
	}

}
