package io.github.connectionguard.requests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.connectionguard.testsupport.TestServer;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application, running on a test server.
 */
final class RequestsApp implements AutoCloseable {

	private final HttpClient client = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private RequestsApp(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static RequestsApp start(TestServer server, String database, String... properties) {
		return startWithUrl(server.jdbcUrl(database), server, properties);
	}

	/**
	 * Start the application with more beans.
	 */
	static RequestsApp startWith(Class<?> beans, TestServer server, String database, String... properties) {
		return run(new SpringApplicationBuilder(RequestsApplication.class, beans), server.jdbcUrl(database), server,
				properties);
	}

	static RequestsApp startWithUrl(String url, TestServer server, String... properties) {
		return run(new SpringApplicationBuilder(RequestsApplication.class), url, server, properties);
	}

	private static RequestsApp run(SpringApplicationBuilder application, String url, TestServer server,
			String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--spring.datasource.url=" + url,
				"--spring.datasource.username=" + server.username(),
				"--spring.datasource.password=" + server.password()));
		for (String property : properties) {
			arguments.add("--" + property);
		}
		return new RequestsApp(application.run(arguments.toArray(String[]::new)));
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(request(path).build());
	}

	HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
		return send(request(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json))
			.build());
	}

	<T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> body, String... headers)
			throws IOException, InterruptedException {
		return this.client.send(request(path).headers(headers).build(), body);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return this.client.send(request, HttpResponse.BodyHandlers.ofString());
	}

	/**
	 * Ask, and do not wait for the answer.
	 */
	<T> CompletableFuture<HttpResponse<T>> getLater(String path, HttpResponse.BodyHandler<T> body) {
		return this.client.sendAsync(request(path).build(), body);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
