package io.github.connectionguard.transactional;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * A listener for each phase of a transaction. The order is said, as that of methods is up
 * to the JVM.
 */
@Component
class EventListeners {

	@Order(1)
	@EventListener
	void atOnce(Happened event) {
		tell("at once", event);
	}

	@Order(2)
	@TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
	void beforeCommit(Happened event) {
		tell("before commit", event);
		event.request().write(event.name() + " before commit");
	}

	@Order(3)
	@TransactionalEventListener
	void afterCommit(Happened event) {
		tell("after commit", event);
	}

	@Transactional(propagation = Propagation.REQUIRES_NEW)
	@Order(4)
	@TransactionalEventListener
	void afterCommitInItsOwn(Happened event) {
		tell("after commit in its own", event);
		event.request().write(event.name() + " after commit");
	}

	@Order(5)
	@TransactionalEventListener(phase = TransactionPhase.AFTER_ROLLBACK)
	void afterRollback(Happened event) {
		tell("after rollback", event);
	}

	@Order(6)
	@TransactionalEventListener(phase = TransactionPhase.AFTER_COMPLETION, fallbackExecution = true)
	void afterCompletion(Happened event) {
		tell("after completion", event);
	}

	private static void tell(String when, Happened event) {
		event.request().tellTransaction(event.name() + " " + when);
		event.request().tellRows();
	}

}
