package io.github.connectionguard.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Matches if the guard is in a mode, however that is spelled.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnModeCondition.class)
public @interface ConditionalOnMode {

	/**
	 * Return the mode.
	 * @return the mode
	 */
	ConnectionGuardProperties.Mode value();

}
