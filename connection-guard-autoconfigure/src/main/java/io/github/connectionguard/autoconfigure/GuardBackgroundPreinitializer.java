package io.github.connectionguard.autoconfigure;

import java.util.Map;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Does beside the start of an application what the guard is about to do in it, so that
 * its classes are there by then: binds the properties, of which none is set, and puts a
 * pool under guard, which never starts. Where there are several processors, Spring Boot
 * runs it on a thread of its own, and ignores whatever it throws, as for want of
 * HikariCP.
 */
final class GuardBackgroundPreinitializer implements BackgroundPreinitializer {

	@Override
	public void preinitialize() {
		ConnectionGuardProperties defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
			.bindOrCreate("connection-guard", ConnectionGuardProperties.class);
		new ConnectionGuardAutoConfiguration.CareConfiguration()
			.connectionGuardPoolCare(defaults, new StandardEnvironment())
			.pools()
			.rehearse();
	}

}
