package io.github.connectionguard.data.matrix;

import jakarta.servlet.DispatcherType;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * What answers requests, the same for all ways to reach data.
 */
@Import({ OutcomeController.class, AsyncOutcomeController.class, FirstLook.class })
class WebConfiguration {

	@Bean
	FilterRegistrationBean<FirstLookFilter> firstLookFilter(FirstLook firstLook) {
		FilterRegistrationBean<FirstLookFilter> registration = new FilterRegistrationBean<>(
				new FirstLookFilter(firstLook));
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
		return registration;
	}

}
