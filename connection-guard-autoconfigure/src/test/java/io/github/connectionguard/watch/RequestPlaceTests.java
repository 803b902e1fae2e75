package io.github.connectionguard.watch;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestPlace}.
 */
class RequestPlaceTests {

	private static final String[] WITHIN = { "org.springframework.web.method.support.InvocableHandlerMethod.doInvoke",
			"org.springframework.web.servlet.DispatcherServlet.doDispatch", "jakarta.servlet.http.HttpServlet.service",
			"io.github.connectionguard.web.SessionFilter.doFilter", "java.lang.Thread.run" };

	@Test
	void placeIsWhatTheApplicationCalledLast() {
		assertThat(place("sun.nio.ch.Net.poll", "com.mysql.cj.NativeSession.execSQL",
				"io.github.connectionguard.driver.ChannelSocket.await",
				"io.github.connectionguard.statement.GuardedStatement.executeQuery",
				"org.springframework.jdbc.core.JdbcTemplate.query", "com.acme.orders.OrderStore.lambda$find$0",
				"com.acme.web.OrderController.show", "java.lang.reflect.Method.invoke"))
			.isEqualTo("com.acme.orders.OrderStore.find");
	}

	@Test
	void libraryThatNobodyKnowsIsNotThePlace() {
		assertThat(place("java.lang.Thread.sleep", "org.unknown.client.Client.call",
				"com.acme.web.OrderController$$SpringCGLIB$$0.show", "com.acme.web.OrderController.show",
				"java.lang.reflect.Method.invoke"))
			.isEqualTo("com.acme.web.OrderController.show");
	}

	@Test
	void servletIsAHandler() {
		assertThat(RequestPlace.of(stack(Stream.of("java.lang.Thread.sleep", "com.acme.orders.OrderStore.find",
				"com.acme.web.OrderServlet.doGet", "jakarta.servlet.http.HttpServlet.service",
				"org.apache.catalina.core.StandardWrapper.invoke"))))
			.isEqualTo("com.acme.orders.OrderStore.find");
	}

	@Test
	void functionIsAHandler() {
		assertThat(RequestPlace.of(stack(Stream.of("java.lang.Thread.sleep", "com.acme.web.Routes.lambda$orders$1",
				"org.springframework.web.servlet.function.support.HandlerFunctionAdapter.handle",
				"org.springframework.web.servlet.DispatcherServlet.doDispatch",
				"jakarta.servlet.http.HttpServlet.service"))))
			.isEqualTo("com.acme.web.Routes.orders");
	}

	@Test
	void viewIsNoPlace() {
		assertThat(RequestPlace.of(stack(Stream.of("org.unbescape.html.HtmlEscapeUtil.escape",
				"org.thymeleaf.TemplateEngine.process", "org.springframework.web.servlet.DispatcherServlet.render",
				"org.springframework.web.servlet.FrameworkServlet.doGet", "jakarta.servlet.http.HttpServlet.service"))))
			.isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.transaction.interceptor.TransactionInterceptor.invoke",
			"org.springframework.transaction.support.TransactionTemplate.execute" })
	void transactionIsNoPlace(String transaction) {
		assertThat(place("java.lang.Thread.sleep", "com.acme.orders.OrderStore.find", transaction,
				"com.acme.web.OrderController.show"))
			.isNull();
	}

	@Test
	void threadThatIsInNoRequestIsNoPlace() {
		assertThat(RequestPlace
			.of(stack(Stream.of("java.lang.Thread.sleep", "com.acme.orders.Job.run", "java.lang.Thread.run"))))
			.isNull();
	}

	@Test
	void requestThatIsNotInTheApplicationsCodeIsNoPlace() {
		assertThat(place("java.lang.Thread.sleep")).isNull();
	}

	private static @Nullable String place(String... calls) {
		return RequestPlace.of(stack(Stream.concat(Stream.of(calls), Stream.of(WITHIN))));
	}

	private static StackTraceElement[] stack(Stream<String> calls) {
		return calls.map((call) -> {
			int method = call.lastIndexOf('.');
			return new StackTraceElement(call.substring(0, method), call.substring(method + 1), null, -1);
		}).toArray(StackTraceElement[]::new);
	}

}
