package io.github.connectionguard.transactional;

import java.util.Locale;

import org.springframework.transaction.annotation.Propagation;

/**
 * Each propagation, called from outside a transaction and from inside one, ending well
 * and failing.
 */
final class PropagationCases extends TransactionalCases {

	PropagationCases() {
		required();
		supports();
		mandatory();
		requiresNew();
		notSupported();
		never();
		nested();
	}

	private void required() {
		outside(Propagation.REQUIRED, """
				inner: transaction, 'required', synchronized, new, synchronization of its own
				others see []
				connections in use: 1
				required returned
				handler: no transaction
				others see [inner]
				connections in use: 0
				answered 200, others see [inner]
				""");
		outsideFailing(Propagation.REQUIRED, """
				inner: transaction, 'required', synchronized, new, synchronization of its own
				others see []
				connections in use: 1
				required threw IllegalStateException
				handler: no transaction
				others see []
				connections in use: 0
				answered 200, others see []
				""");
		inside(Propagation.REQUIRED, """
				inner: transaction, 'required', synchronized
				others see []
				connections in use: 1
				required returned
				outer: transaction, 'required', synchronized, new, synchronization of its own
				others see []
				outer returned
				handler: no transaction
				others see [inner, outer after, outer before]
				connections in use: 0
				answered 200, others see [inner, outer after, outer before]
				""");
		insideFailing(Propagation.REQUIRED, """
				inner: transaction, 'required', synchronized
				others see []
				connections in use: 1
				required threw IllegalStateException
				outer: transaction, 'required', synchronized, new, rollback-only, synchronization of its own
				others see []
				outer threw UnexpectedRollbackException
				handler: no transaction
				others see []
				connections in use: 0
				answered 200, others see []
				""");
	}

	private void supports() {
		outside(Propagation.SUPPORTS, """
				inner: no transaction, 'supports', synchronized, synchronization of its own
				others see [inner]
				connections in use: 1
				supports returned
				handler: no transaction
				others see [inner]
				connections in use: 0
				answered 200, others see [inner]
				""");
		outsideFailing(Propagation.SUPPORTS, """
				inner: no transaction, 'supports', synchronized, synchronization of its own
				others see [inner]
				connections in use: 1
				supports threw IllegalStateException
				handler: no transaction
				others see [inner]
				connections in use: 0
				answered 200, others see [inner]
				""");
		inside(Propagation.SUPPORTS, """
				inner: transaction, 'required', synchronized
				others see []
				connections in use: 1
				supports returned
				outer: transaction, 'required', synchronized, new, synchronization of its own
				others see []
				outer returned
				handler: no transaction
				others see [inner, outer after, outer before]
				connections in use: 0
				answered 200, others see [inner, outer after, outer before]
				""");
		insideFailing(Propagation.SUPPORTS, """
				inner: transaction, 'required', synchronized
				others see []
				connections in use: 1
				supports threw IllegalStateException
				outer: transaction, 'required', synchronized, new, rollback-only, synchronization of its own
				others see []
				outer threw UnexpectedRollbackException
				handler: no transaction
				others see []
				connections in use: 0
				answered 200, others see []
				""");
	}

	private void mandatory() {
		outside(Propagation.MANDATORY, """
				mandatory threw IllegalTransactionStateException
				handler: no transaction
				others see []
				connections in use: 0
				answered 200, others see []
				""");
		outsideFailing(Propagation.MANDATORY, """
				mandatory threw IllegalTransactionStateException
				handler: no transaction
				others see []
				connections in use: 0
				answered 200, others see []
				""");
		inside(Propagation.MANDATORY, """
				inner: transaction, 'required', synchronized
				others see []
				connections in use: 1
				mandatory returned
				outer: transaction, 'required', synchronized, new, synchronization of its own
				others see []
				outer returned
				handler: no transaction
				others see [inner, outer after, outer before]
				connections in use: 0
				answered 200, others see [inner, outer after, outer before]
				""");
		insideFailing(Propagation.MANDATORY, """
				inner: transaction, 'required', synchronized
				others see []
				connections in use: 1
				mandatory threw IllegalStateException
				outer: transaction, 'required', synchronized, new, rollback-only, synchronization of its own
				others see []
				outer threw UnexpectedRollbackException
				handler: no transaction
				others see []
				connections in use: 0
				answered 200, others see []
				""");
	}

	private void requiresNew() {
		outside(Propagation.REQUIRES_NEW, """
				inner: transaction, 'requiresNew', synchronized, new, synchronization of its own
				others see []
				connections in use: 1
				requires_new returned
				handler: no transaction
				others see [inner]
				connections in use: 0
				answered 200, others see [inner]
				""");
		outsideFailing(Propagation.REQUIRES_NEW, """
				inner: transaction, 'requiresNew', synchronized, new, synchronization of its own
				others see []
				connections in use: 1
				requires_new threw IllegalStateException
				handler: no transaction
				others see []
				connections in use: 0
				answered 200, others see []
				""");
		inside(Propagation.REQUIRES_NEW, """
				inner: transaction, 'requiresNew', synchronized, new, synchronization of its own
				others see []
				connections in use: 2
				requires_new returned
				outer: transaction, 'required', synchronized, new, synchronization of its own
				others see [inner]
				outer returned
				handler: no transaction
				others see [inner, outer after, outer before]
				connections in use: 0
				answered 200, others see [inner, outer after, outer before]
				""");
		insideFailing(Propagation.REQUIRES_NEW, """
				inner: transaction, 'requiresNew', synchronized, new, synchronization of its own
				others see []
				connections in use: 2
				requires_new threw IllegalStateException
				outer: transaction, 'required', synchronized, new, synchronization of its own
				others see []
				outer returned
				handler: no transaction
				others see [outer after, outer before]
				connections in use: 0
				answered 200, others see [outer after, outer before]
				""");
	}

	private void notSupported() {
		outside(Propagation.NOT_SUPPORTED, """
				inner: no transaction, 'notSupported', synchronized, synchronization of its own
				others see [inner]
				connections in use: 1
				not_supported returned
				handler: no transaction
				others see [inner]
				connections in use: 0
				answered 200, others see [inner]
				""");
		outsideFailing(Propagation.NOT_SUPPORTED, """
				inner: no transaction, 'notSupported', synchronized, synchronization of its own
				others see [inner]
				connections in use: 1
				not_supported threw IllegalStateException
				handler: no transaction
				others see [inner]
				connections in use: 0
				answered 200, others see [inner]
				""");
		inside(Propagation.NOT_SUPPORTED, """
				inner: no transaction, 'notSupported', synchronized, synchronization of its own
				others see [inner]
				connections in use: 2
				not_supported returned
				outer: transaction, 'required', synchronized, new, synchronization of its own
				others see [inner]
				outer returned
				handler: no transaction
				others see [inner, outer after, outer before]
				connections in use: 0
				answered 200, others see [inner, outer after, outer before]
				""");
		insideFailing(Propagation.NOT_SUPPORTED, """
				inner: no transaction, 'notSupported', synchronized, synchronization of its own
				others see [inner]
				connections in use: 2
				not_supported threw IllegalStateException
				outer: transaction, 'required', synchronized, new, synchronization of its own
				others see [inner]
				outer returned
				handler: no transaction
				others see [inner, outer after, outer before]
				connections in use: 0
				answered 200, others see [inner, outer after, outer before]
				""");
	}

	private void never() {
		outside(Propagation.NEVER, """
				inner: no transaction, 'never', synchronized, synchronization of its own
				others see [inner]
				connections in use: 1
				never returned
				handler: no transaction
				others see [inner]
				connections in use: 0
				answered 200, others see [inner]
				""");
		outsideFailing(Propagation.NEVER, """
				inner: no transaction, 'never', synchronized, synchronization of its own
				others see [inner]
				connections in use: 1
				never threw IllegalStateException
				handler: no transaction
				others see [inner]
				connections in use: 0
				answered 200, others see [inner]
				""");
		inside(Propagation.NEVER, """
				never threw IllegalTransactionStateException
				outer: transaction, 'required', synchronized, new, synchronization of its own
				others see []
				outer returned
				handler: no transaction
				others see [outer after, outer before]
				connections in use: 0
				answered 200, others see [outer after, outer before]
				""");
		insideFailing(Propagation.NEVER, """
				never threw IllegalTransactionStateException
				outer: transaction, 'required', synchronized, new, synchronization of its own
				others see []
				outer returned
				handler: no transaction
				others see [outer after, outer before]
				connections in use: 0
				answered 200, others see [outer after, outer before]
				""");
	}

	private void nested() {
		outside(Propagation.NESTED, """
				inner: transaction, 'nested', synchronized, new, synchronization of its own
				others see []
				connections in use: 1
				nested returned
				handler: no transaction
				others see [inner]
				connections in use: 0
				answered 200, others see [inner]
				""");
		outsideFailing(Propagation.NESTED, """
				inner: transaction, 'nested', synchronized, new, synchronization of its own
				others see []
				connections in use: 1
				nested threw IllegalStateException
				handler: no transaction
				others see []
				connections in use: 0
				answered 200, others see []
				""");
		inside(Propagation.NESTED, """
				inner: transaction, 'required', synchronized, savepoint
				others see []
				connections in use: 1
				nested returned
				outer: transaction, 'required', synchronized, new, synchronization of its own
				others see []
				outer returned
				handler: no transaction
				others see [inner, outer after, outer before]
				connections in use: 0
				answered 200, others see [inner, outer after, outer before]
				""");
		insideFailing(Propagation.NESTED, """
				inner: transaction, 'required', synchronized, savepoint
				others see []
				connections in use: 1
				nested threw IllegalStateException
				outer: transaction, 'required', synchronized, new, synchronization of its own
				others see []
				outer returned
				handler: no transaction
				others see [outer after, outer before]
				connections in use: 0
				answered 200, others see [outer after, outer before]
				""");
	}

	private void outside(Propagation propagation, String transcript) {
		add(propagation + " from outside", (request) -> fromOutside(request, propagation, false), transcript);
	}

	private void outsideFailing(Propagation propagation, String transcript) {
		add(propagation + " from outside, failing", (request) -> fromOutside(request, propagation, true), transcript);
	}

	private void inside(Propagation propagation, String transcript) {
		add(propagation + " from inside", (request) -> fromInside(request, propagation, false), transcript);
	}

	private void insideFailing(Propagation propagation, String transcript) {
		add(propagation + " from inside, failing and caught", (request) -> fromInside(request, propagation, true),
				transcript);
	}

	private static void fromOutside(TransactionalRequest request, Propagation propagation, boolean failing) {
		request.attempt(nameOf(propagation), () -> request.call(propagation, () -> work(request, failing)));
		request.tellTransaction("handler");
		request.tellRows();
		request.tellConnections();
	}

	private static void fromInside(TransactionalRequest request, Propagation propagation, boolean failing) {
		request.attempt("outer", () -> request.services().required(() -> {
			request.write("outer before");
			request.attempt(nameOf(propagation), () -> request.call(propagation, () -> work(request, failing)));
			request.tellTransaction("outer");
			request.tellRows();
			request.write("outer after");
		}));
		request.tellTransaction("handler");
		request.tellRows();
		request.tellConnections();
	}

	private static void work(TransactionalRequest request, boolean failing) {
		request.tellTransaction("inner");
		request.write("inner");
		request.tellRows();
		request.tellConnections();
		if (failing) {
			throw new IllegalStateException("in the service");
		}
	}

	private static String nameOf(Propagation propagation) {
		return propagation.name().toLowerCase(Locale.ROOT);
	}

}
