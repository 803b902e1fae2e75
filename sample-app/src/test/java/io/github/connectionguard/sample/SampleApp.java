package io.github.connectionguard.sample;

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
 * The sample, running on a test server.
 */
final class SampleApp implements AutoCloseable {

	private final HttpClient client = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private SampleApp(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static SampleApp start(TestServer server, String database, String... properties) {
		return startWithUrl(server.jdbcUrl(database), server, properties);
	}

	static SampleApp startWithUrl(String url, TestServer server, String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--spring.datasource.url=" + url,
				"--spring.datasource.username=" + server.username(),
				"--spring.datasource.password=" + server.password()));
		for (String property : properties) {
			arguments.add("--" + property);
		}
		return new SampleApp(new SpringApplicationBuilder(SampleApplication.class).profiles("mysql")
			.run(arguments.toArray(String[]::new)));
	}

	/**
	 * Start the sample as a newcomer does, on the server it brings along.
	 */
	static SampleApp startAsItComes() {
		return new SampleApp(new SpringApplicationBuilder(SampleApplication.class).run("--server.port=0"));
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

	HttpResponse<String> post(String path) throws IOException, InterruptedException {
		return send(request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
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
