package io.github.connectionguard.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * An application with two pools, or three, whose policy lets no script pass that is not
 * its own. It takes no settings from the sample, which is on the class path as well.
 */
final class PageApplication implements AutoCloseable {

	/**
	 * The name of a pool that would be an element if it was taken for HTML.
	 */
	static final String MARKUP = "<b>x";

	private static final String POLICY = "default-src 'none'; connect-src 'self'; img-src 'self'; script-src 'self'; "
			+ "style-src 'self'";

	private final ConfigurableApplicationContext context;

	private final HttpClient client = HttpClient.newHttpClient();

	private PageApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static PageApplication start(TestServer server, String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--spring.config.name=page",
				"--spring.datasource.url=" + server.jdbcUrl(server.createDatabase()),
				"--spring.datasource.username=" + server.username(),
				"--spring.datasource.password=" + server.password(),
				"--management.endpoints.web.exposure.include=connectionguard",
				"--management.endpoint.connectionguard.show-values=always"));
		for (String property : properties) {
			arguments.add("--" + property);
		}
		return new PageApplication(
				new SpringApplicationBuilder(Application.class).run(arguments.toArray(String[]::new)));
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	HikariDataSource pool() {
		return this.context.getBean("dataSource", HikariDataSource.class);
	}

	String url(String path) {
		return "http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.server.port") + path;
	}

	String managementUrl(String path) {
		return "http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.management.port") + path;
	}

	HttpResponse<String> get(String path, String accepted) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(URI.create(url(path))).header("Accept", accepted).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootApplication(proxyBeanMethods = false)
	static class Application {

		@Bean
		@Primary
		HikariDataSource dataSource(DataSourceProperties properties, @Value("${pool.size:4}") int size) {
			return pool(properties, size);
		}

		@Bean(MARKUP)
		HikariDataSource other(DataSourceProperties properties, @Value("${others.size:1}") int size) {
			return pool(properties, size);
		}

		@Bean
		@ConditionalOnProperty("others.size")
		HikariDataSource third(DataSourceProperties properties, @Value("${others.size}") int size) {
			return pool(properties, size);
		}

		private static HikariDataSource pool(DataSourceProperties properties, int size) {
			HikariDataSource pool = properties.initializeDataSourceBuilder().type(HikariDataSource.class).build();
			pool.setMaximumPoolSize(size);
			return pool;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class Policy {

		@Bean
		Filter policy() {
			return (request, response, chain) -> {
				((HttpServletResponse) response).setHeader("Content-Security-Policy", POLICY);
				((HttpServletResponse) response).setHeader("X-Content-Type-Options", "nosniff");
				chain.doFilter(request, response);
			};
		}

	}

}
