package io.github.connectionguard.watch;

import java.util.Set;

import io.github.connectionguard.connection.ApplicationCode;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place in an application's code where the thread of a request is, by its
 * stack.
 */
final class RequestPlace {

	private static final String SERVLET = "jakarta.servlet.http.HttpServlet";

	/**
	 * What calls the handlers of Spring MVC.
	 */
	private static final Set<String> INVOKERS = Set.of("org.springframework.web.method.support.InvocableHandlerMethod",
			"org.springframework.web.servlet.function.support.HandlerFunctionAdapter");

	private static final String TRANSACTIONS = "org.springframework.transaction.";

	private RequestPlace() {
	}

	/**
	 * Find the place.
	 * @param stack the stack of a thread, the latest call first
	 * @return the class and method of the application that were called last, or
	 * {@code null} if the thread is in no handler of a request or in a transaction of the
	 * application
	 */
	static @Nullable String of(StackTraceElement[] stack) {
		int caller = -1;
		for (int i = 0; i < stack.length; i++) {
			String name = stack[i].getClassName();
			if (name.startsWith(TRANSACTIONS)) {
				return null;
			}
			if (caller < 0 && (INVOKERS.contains(name) || name.equals(SERVLET))) {
				caller = i;
			}
		}
		return (caller > 0) ? place(stack, caller) : null;
	}

	/**
	 * Find the place by what the application's handler or servlet is called. Of a view
	 * that is rendered, there is no handler on the stack.
	 */
	private static @Nullable String place(StackTraceElement[] stack, int caller) {
		String application = application(stack, caller);
		if (application != null) {
			for (StackTraceElement frame : stack) {
				if (ApplicationCode.contains(frame) && frame.getClassName().startsWith(application)) {
					return frame.getClassName() + "." + method(frame.getMethodName());
				}
			}
		}
		return null;
	}

	private static @Nullable String application(StackTraceElement[] stack, int caller) {
		boolean servlet = stack[caller].getClassName().equals(SERVLET);
		for (int i = caller - 1; i >= 0; i--) {
			if (ApplicationCode.contains(stack[i])) {
				return root(stack[i].getClassName());
			}
			if (servlet) {
				return null;
			}
		}
		return null;
	}

	/**
	 * Return what the names of an application's classes begin with, which is mostly the
	 * first two parts of their package.
	 */
	private static String root(String name) {
		int second = name.indexOf('.', name.indexOf('.') + 1);
		return (second > 0) ? name.substring(0, second + 1) : name;
	}

	private static String method(String name) {
		return name.startsWith("lambda$") ? name.replaceFirst("lambda\\$([^$]+)\\$.*", "$1") : name;
	}

}
