package io.github.connectionguard.session;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps a handler, or all handlers of a class, out of the request's unit of work: its
 * statements take effect one by one, as without the guard. What the request did before
 * the handler is committed. Connections that are not given back are still dealt with. On
 * a method, it replaces what is said of the class.
 *
 * @see DatabaseSession
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface NoSession {

}
