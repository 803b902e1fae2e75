package io.github.connectionguard.session;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Isolation;

/**
 * Says how the session of a handler, or of all handlers of a class, uses the database.
 * What is said of a method replaces all that is said of its class. What the request did
 * before the handler is committed, if that was under other attributes.
 * <p>
 * In mode {@code unit} the attributes are those of the connection that the request's
 * statements share, from the first statement on until it is given back. Transactions of
 * the application run on that connection: their own isolation level counts while they
 * last, none of them can write in a session that is read-only, and none outlasts the
 * session's timeout. In mode {@code transaction} they are the attributes of the request's
 * transaction, which those of transactions that join it do not change. In mode
 * {@code backstop} there is nothing they could apply to, and they mean nothing.
 *
 * @see NoSession
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface DatabaseSession {

	/**
	 * Whether the request only reads. The server refuses statements that write.
	 * @return whether nothing is written
	 */
	boolean readOnly() default false;

	/**
	 * The isolation level of the request's work.
	 * @return the level
	 */
	Isolation isolation() default Isolation.DEFAULT;

	/**
	 * Time for the request's work in seconds, after which its statements fail. Replaces
	 * {@code connection-guard.session.timeout}.
	 * @return the time, negative for that of the property
	 */
	int timeout() default TransactionDefinition.TIMEOUT_DEFAULT;

}
