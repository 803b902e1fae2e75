package io.github.connectionguard.sidebyside;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Methods that are transactional in each way.
 */
@Service
class Services {

	private final ApplicationEventPublisher events;

	Services(ApplicationEventPublisher events) {
		this.events = events;
	}

	@Transactional
	void required(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.REQUIRES_NEW)
	void requiresNew(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.NESTED)
	void nested(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.NOT_SUPPORTED)
	void notSupported(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.SUPPORTS)
	void supports(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.NEVER)
	void never(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.MANDATORY)
	void mandatory(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(timeout = 30)
	void limited(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(readOnly = true)
	void readOnly(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(isolation = Isolation.SERIALIZABLE)
	void serializable(RequestStep step) throws Exception {
		step.run();
	}

	/**
	 * Run something in a transaction, and something when it is committed.
	 */
	@Transactional
	void thenAfterCommit(RequestStep step, RequestStep after) throws Exception {
		step.run();
		this.events.publishEvent(new Happened(after));
	}

	@TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
	void on(Happened event) throws Exception {
		event.then().run();
	}

	/**
	 * An event.
	 *
	 * @param then what its listener does
	 */
	record Happened(RequestStep then) {

	}

}
