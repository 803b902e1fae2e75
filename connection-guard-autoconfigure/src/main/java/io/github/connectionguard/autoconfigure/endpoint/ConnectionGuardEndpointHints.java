package io.github.connectionguard.autoconfigure.endpoint;

import io.github.connectionguard.endpoint.ActionDescriptor;
import io.github.connectionguard.endpoint.ConnectionsDescriptor;
import io.github.connectionguard.endpoint.EventsDescriptor;
import io.github.connectionguard.endpoint.RefusalDescriptor;
import io.github.connectionguard.endpoint.detail.SamplesDescriptor;
import io.github.connectionguard.endpoint.detail.StacksDescriptor;
import io.github.connectionguard.endpoint.detail.TicketDescriptor;
import io.github.connectionguard.event.GuardEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Hints for what the endpoint answers where the type that its operations return does not
 * tell, for events, whose fields are read, and for where versions are read.
 */
class ConnectionGuardEndpointHints implements RuntimeHintsRegistrar {

	private static final Class<?>[] ANSWERS = { ActionDescriptor.class, ConnectionsDescriptor.class,
			EventsDescriptor.class, RefusalDescriptor.class, SamplesDescriptor.class, StacksDescriptor.class,
			TicketDescriptor.class };

	private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		this.binding.registerReflectionHints(hints.reflection(), ANSWERS);
		this.binding.registerReflectionHints(hints.reflection(), GuardEvent.class.getPermittedSubclasses());
		hints.resources()
			.registerPattern("META-INF/maven/io.github.connectionguard/connection-guard-autoconfigure/pom.properties")
			.registerPattern("META-INF/maven/com.zaxxer/HikariCP/pom.properties")
			.registerPattern("io/github/connectionguard/endpoint/page/page.*");
	}

}
