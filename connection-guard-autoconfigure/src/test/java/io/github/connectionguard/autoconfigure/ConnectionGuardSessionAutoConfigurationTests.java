package io.github.connectionguard.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.autoconfigure.session.SessionScopeAutoConfiguration;
import io.github.connectionguard.autoconfigure.web.ConnectionGuardSessionAutoConfiguration;
import io.github.connectionguard.autoconfigure.web.ReportOnlyAutoConfiguration;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.session.DatabaseSessionScope;
import io.github.connectionguard.session.RollbackPolicy;
import io.github.connectionguard.session.Sessions;
import io.github.connectionguard.test.RecordingTransactionManager;
import io.github.connectionguard.web.HandlerFailureRecorder;
import io.github.connectionguard.web.LeakFilter;
import io.github.connectionguard.web.SessionFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ConnectionGuardSessionAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConnectionGuardSessionAutoConfigurationTests {

	private static final AutoConfigurations GUARD = AutoConfigurations.of(ConnectionGuardAutoConfiguration.class,
			SessionScopeAutoConfiguration.class, ConnectionGuardSessionAutoConfiguration.class);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(GUARD)
		.withPropertyValues("connection-guard.eager=false");

	@Test
	void filterIsRegisteredAfterSpringSecurityForRequestsAndTheirAsyncDispatches() {
		this.runner.run((context) -> {
			FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
			assertThat(registration.getFilter()).isInstanceOf(SessionFilter.class);
			assertThat(registration.getOrder()).isEqualTo(SessionFilter.ORDER).isGreaterThan(-100).isNegative();
			assertThat(registration.determineDispatcherTypes()).containsExactlyInAnyOrder(DispatcherType.REQUEST,
					DispatcherType.ASYNC);
			assertThat(registration.getUrlPatterns()).isEmpty();
			assertThat(registration.isAsyncSupported()).isTrue();
			assertThat(context).hasSingleBean(HandlerFailureRecorder.class);
		});
	}

	@Test
	void standardPolicyRollsBackAServerErrorOnly() {
		this.runner.withUserConfiguration(Recorded.class)
			.withPropertyValues("connection-guard.session.mode=transaction")
			.run((context) -> {
				request(context, 404);
				request(context, 500);
				assertThat(context.getBean(RecordingTransactionManager.class).ends())
					.containsExactly(RecordingTransactionManager.COMMIT, RecordingTransactionManager.ROLLBACK);
			});
	}

	@Test
	void policyOfTheUserWins() {
		this.runner.withUserConfiguration(Recorded.class)
			.withPropertyValues("connection-guard.session.mode=transaction")
			.withBean(RollbackPolicy.class, () -> (outcome) -> outcome.status() == 404)
			.run((context) -> {
				request(context, 404);
				request(context, 500);
				assertThat(context.getBean(RecordingTransactionManager.class).ends())
					.containsExactly(RecordingTransactionManager.ROLLBACK, RecordingTransactionManager.COMMIT);
			});
	}

	@Test
	void modeOfTheUserCounts() {
		this.runner.withUserConfiguration(Recorded.class)
			.withPropertyValues("connection-guard.session.mode=off")
			.run((context) -> {
				assertThat(context.getBean(Sessions.class).begin()).isNull();
				request(context, 200);
				assertThat(context.getBean(RecordingTransactionManager.class).ends()).isEmpty();
			});
	}

	@ParameterizedTest
	@CsvSource({ "transaction, true, true", "transaction, false, false", "auto, true, false" })
	void openViewBesideOneTransactionARequestIsAdvisedOnOnce(String mode, boolean open, boolean advised,
			CapturedOutput output) {
		this.runner.withUserConfiguration(Recorded.class)
			.withPropertyValues("connection-guard.session.mode=" + mode)
			.withInitializer((context) -> {
				if (open) {
					context.getBeanFactory().registerSingleton("openEntityManagerInViewInterceptor", new Object());
				}
			})
			.run((context) -> {
				request(context, 200);
				assertThat(output.toString().split("Advice \\(open-in-view\\): .*spring.jpa.open-in-view=false"))
					.hasSize(advised ? 2 : 1);
			});
	}

	@Test
	void severalTransactionManagersAreLeftAlone() {
		this.runner.withUserConfiguration(Recorded.class)
			.withPropertyValues("connection-guard.session.mode=transaction")
			.withBean("other", PlatformTransactionManager.class, RecordingTransactionManager::new)
			.run((context) -> {
				request(context, 200);
				assertThat(context.getBean("manager", RecordingTransactionManager.class).ends()).isEmpty();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "static/**", "/static/{name", "/a/**/b/**/c" })
	void patternThatIsNoneStopsTheStartAndIsTold(String pattern) {
		this.runner
			.withPropertyValues("connection-guard.session.exclude-paths[0]=/fine",
					"connection-guard.session.exclude-paths[1]=" + pattern)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("In 'connection-guard.session.exclude-paths', '" + pattern + "' "));
	}

	@Test
	void registrationOfTheUserWins() {
		this.runner.withUserConfiguration(UserRegistration.class).run((context) -> {
			assertThat(context).hasSingleBean(FilterRegistrationBean.class)
				.doesNotHaveBean("connectionGuardSessionFilter");
			assertThat(context.getBean(FilterRegistrationBean.class).getOrder()).isEqualTo(5);
		});
	}

	@Test
	void filterOfTheUserWins() {
		this.runner.withUserConfiguration(UserFilter.class)
			.run((context) -> assertThat(context).hasSingleBean(SessionFilter.class)
				.doesNotHaveBean(FilterRegistrationBean.class));
	}

	@Test
	void filterOfAnotherKindDoesNotWin() {
		this.runner.withBean(Filter.class, () -> (request, response, chain) -> chain.doFilter(request, response))
			.run((context) -> assertThat(context).hasBean("connectionGuardSessionFilter"));
	}

	@Test
	void guardThatOnlyReportsLeavesRequestsAsTheyAre() {
		this.runner.withConfiguration(AutoConfigurations.of(ReportOnlyAutoConfiguration.class))
			.withPropertyValues("connection-guard.mode=report-only")
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.doesNotHaveBean(HandlerFailureRecorder.class)
					.doesNotHaveBean(WebMvcConfigurer.class)
					.hasSingleBean(FilterRegistrationBean.class);
				assertThat(context.getBean(FilterRegistrationBean.class).getFilter()).isInstanceOf(LeakFilter.class);
				assertThat(context.getBean(Sessions.class).begin()).isNull();
			});
	}

	@Test
	void guardHasNoFilterForReportsAlone() {
		this.runner.withConfiguration(AutoConfigurations.of(ReportOnlyAutoConfiguration.class))
			.run((context) -> assertThat(context).hasSingleBean(FilterRegistrationBean.class)
				.doesNotHaveBean("connectionGuardLeakFilter"));
	}

	@Test
	void disabledGuardHasNoFilterAndItsScopeDoesNothing() {
		this.runner.withPropertyValues("connection-guard.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(Sessions.class)
				.doesNotHaveBean(FilterRegistrationBean.class)
				.doesNotHaveBean(HandlerFailureRecorder.class)
				.doesNotHaveBean(GuardedPools.class)
				.getBean(DatabaseSessionScope.class)
				.satisfies((scope) -> {
					assertThat(scope.<String, RuntimeException>call(() -> "done")).isEqualTo("done");
					assertThatIllegalStateException().isThrownBy(() -> scope.run(scope::setRollbackOnly))
						.withMessageContaining("or the guard is");
				}));
	}

	@Test
	void applicationThatIsNotForTheWebHasSessionsAndNoFilter() {
		new ApplicationContextRunner().withConfiguration(GUARD)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Sessions.class)
				.hasSingleBean(DatabaseSessionScope.class)
				.doesNotHaveBean(FilterRegistrationBean.class));
	}

	@Test
	void reactiveApplicationHasSessionsAndNoFilter() {
		new ReactiveWebApplicationContextRunner().withConfiguration(GUARD)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(DatabaseSessionScope.class)
				.doesNotHaveBean(FilterRegistrationBean.class));
	}

	@Test
	void filterDoesWithoutSpringMvc() {
		this.runner.withClassLoader(new FilteredClassLoader(HandlerExceptionResolver.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("connectionGuardSessionFilter")
				.doesNotHaveBean("connectionGuardHandlerFailureRecorder"));
	}

	@Test
	void scopeDoesWithoutTheServletApi() {
		new ApplicationContextRunner().withConfiguration(GUARD)
			.withClassLoader(new FilteredClassLoader("jakarta.servlet"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(DatabaseSessionScope.class)
				.doesNotHaveBean("connectionGuardSessionFilter"));
	}

	@Test
	void nothingIsThereWithoutTransactions() {
		this.runner.withClassLoader(new FilteredClassLoader(PlatformTransactionManager.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("connectionGuardSessionScope")
				.doesNotHaveBean("connectionGuardSessionFilter"));
	}

	@Test
	void nothingIsThereWithoutHikari() {
		this.runner.withClassLoader(new FilteredClassLoader(HikariDataSource.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("connectionGuardPools")
				.hasBean("connectionGuardSessionScope")
				.doesNotHaveBean("connectionGuardSessionFilter"));
	}

	private static void request(ApplicationContext context, int status) throws Exception {
		Filter filter = context.getBean(FilterRegistrationBean.class).getFilter();
		assertThat(filter).isNotNull();
		filter.doFilter(new MockHttpServletRequest(), new MockHttpServletResponse(),
				(request, response) -> ((HttpServletResponse) response).setStatus(status));
	}

	@Configuration(proxyBeanMethods = false)
	static class Recorded {

		@Bean
		RecordingTransactionManager manager() {
			return new RecordingTransactionManager();
		}

		@Bean
		HikariDataSource dataSource() {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl("jdbc:mysql://never.invalid/opened");
			return pool;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserRegistration {

		@Bean
		FilterRegistrationBean<SessionFilter> mine(Sessions sessions) {
			FilterRegistrationBean<SessionFilter> registration = new FilterRegistrationBean<>(
					new SessionFilter(sessions));
			registration.setOrder(5);
			return registration;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserFilter {

		@Bean
		SessionFilter mine(Sessions sessions) {
			return new SessionFilter(sessions);
		}

	}

}
