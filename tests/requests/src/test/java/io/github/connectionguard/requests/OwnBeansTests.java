package io.github.connectionguard.requests;

import java.io.IOException;
import java.util.List;

import io.github.connectionguard.testsupport.TestServer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application whose own beans have names that come to mind.
 */
class OwnBeansTests {

	private static final List<String> NAMES = List.of("connectionGuard", "entityManagerFilter", "excludedPaths",
			"excludedSessionPaths", "guardedPools", "guardSchedule", "handlerFailureRecorder", "hikariGuarding",
			"keepalive", "pools", "sessions", "sessionScope", "sessionSource");

	private final TestServer server = TestServer.shared();

	@Test
	void namesOfBeansAreLeftToTheApplication() throws Exception {
		try (RequestsApp app = RequestsApp.startWith(OwnBeans.class, this.server, this.server.createDatabase())) {
			assertThat(NAMES).allSatisfy((name) -> assertThat(app.context().getBean(name)).isInstanceOf(Own.class));
			assertThat(app.get("/rows/read").headers().firstValue("own")).contains("filter");
		}
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		static BeanDefinitionRegistryPostProcessor ownBeans() {
			return (registry) -> NAMES
				.forEach((name) -> registry.registerBeanDefinition(name, new RootBeanDefinition(Own.class)));
		}

		@Bean
		SessionFilter sessionFilter() {
			return new SessionFilter();
		}

	}

	/**
	 * Something of the application's.
	 */
	static class Own {

	}

	/**
	 * A filter of the application's.
	 */
	static class SessionFilter implements Filter {

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			((HttpServletResponse) response).setHeader("own", "filter");
			chain.doFilter(request, response);
		}

	}

}
