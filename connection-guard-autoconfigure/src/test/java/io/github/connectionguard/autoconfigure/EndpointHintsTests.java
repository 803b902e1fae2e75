package io.github.connectionguard.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.connectionguard.autoconfigure.endpoint.ConnectionGuardEndpointAutoConfiguration;
import io.github.connectionguard.endpoint.ActionDescriptor;
import io.github.connectionguard.endpoint.ConnectionDescriptor;
import io.github.connectionguard.endpoint.ConnectionGuardEndpoint;
import io.github.connectionguard.endpoint.ConnectionGuardEndpointWebExtension;
import io.github.connectionguard.endpoint.ConnectionsDescriptor;
import io.github.connectionguard.endpoint.EventsDescriptor;
import io.github.connectionguard.endpoint.PoolDescriptor;
import io.github.connectionguard.endpoint.PoolsDescriptor;
import io.github.connectionguard.endpoint.RefusalDescriptor;
import io.github.connectionguard.endpoint.Verdict;
import io.github.connectionguard.endpoint.detail.SamplesDescriptor;
import io.github.connectionguard.endpoint.detail.SessionDescriptor;
import io.github.connectionguard.endpoint.detail.StacksDescriptor;
import io.github.connectionguard.endpoint.detail.TicketDescriptor;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.report.Loss;
import io.github.connectionguard.samples.Sample;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.BeanUtils;
import org.springframework.context.annotation.ImportRuntimeHints;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a native image knows what the endpoint answers.
 */
class EndpointHintsTests {

	private static final List<Class<?>> ANSWERS = List.of(ActionDescriptor.class, ConnectionDescriptor.class,
			ConnectionsDescriptor.class, EventsDescriptor.class, PoolDescriptor.class, PoolDescriptor.Counters.class,
			PoolDescriptor.Server.class, PoolDescriptor.Timer.class, PoolsDescriptor.class, RefusalDescriptor.class,
			Verdict.class, SamplesDescriptor.class, Sample.class, SessionDescriptor.class,
			SessionDescriptor.Units.class, SessionDescriptor.Holding.class, StacksDescriptor.class,
			StacksDescriptor.Holding.class, StacksDescriptor.Waiting.class, TicketDescriptor.class, Loss.class);

	@Test
	void everyFieldOfEveryAnswerAndEventCanBeRead() {
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, ConnectionGuardEndpoint.class,
				ConnectionGuardEndpointWebExtension.class);
		ImportRuntimeHints imported = ConnectionGuardEndpointAutoConfiguration.class
			.getAnnotation(ImportRuntimeHints.class);
		for (Class<? extends RuntimeHintsRegistrar> registrar : imported.value()) {
			BeanUtils.instantiateClass(registrar).registerHints(hints, getClass().getClassLoader());
		}
		List<Class<?>> told = new ArrayList<>(ANSWERS);
		told.addAll(List.of(GuardEvent.class.getPermittedSubclasses()));
		assertThat(told.stream().flatMap((type) -> Stream.of(type.getRecordComponents())))
			.extracting(RecordComponent::getAccessor)
			.allSatisfy((accessor) -> assertThat(
					RuntimeHintsPredicates.reflection().onMethodInvocation(accessor).test(hints))
				.as(accessor.toString())
				.isTrue());
	}

}
