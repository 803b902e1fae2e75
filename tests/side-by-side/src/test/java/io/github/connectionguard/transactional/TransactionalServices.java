package io.github.connectionguard.transactional;

import java.io.IOException;

import io.github.connectionguard.sidebyside.RequestStep;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A service for each way to be transactional.
 */
@Component
class TransactionalServices {

	@Transactional
	void required(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.SUPPORTS)
	void supports(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.MANDATORY)
	void mandatory(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.REQUIRES_NEW)
	void requiresNew(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.NOT_SUPPORTED)
	void notSupported(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.NEVER)
	void never(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.NESTED)
	void nested(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(readOnly = true)
	void readOnly(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
	void supportsReadOnly(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(isolation = Isolation.READ_UNCOMMITTED)
	void readUncommitted(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(isolation = Isolation.READ_COMMITTED)
	void readCommitted(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(isolation = Isolation.REPEATABLE_READ)
	void repeatableRead(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(isolation = Isolation.SERIALIZABLE)
	void serializable(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(timeout = 1)
	void limited(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(rollbackFor = IOException.class)
	void rollbackForChecked(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional(noRollbackFor = IllegalStateException.class)
	void noRollbackForUnchecked(RequestStep step) throws Exception {
		step.run();
	}

	@Transactional("second")
	void second(RequestStep step) throws Exception {
		step.run();
	}

	/**
	 * Call another method of this class, past the proxy.
	 */
	void callingItself(RequestStep step) throws Exception {
		required(step);
	}

	@Transactional
	void requiredCallingItself(RequestStep step) throws Exception {
		requiresNew(step);
	}

	/**
	 * Call the service of a propagation.
	 */
	static void call(TransactionalServices services, Propagation propagation, RequestStep step) throws Exception {
		switch (propagation) {
			case REQUIRED -> services.required(step);
			case SUPPORTS -> services.supports(step);
			case MANDATORY -> services.mandatory(step);
			case REQUIRES_NEW -> services.requiresNew(step);
			case NOT_SUPPORTED -> services.notSupported(step);
			case NEVER -> services.never(step);
			case NESTED -> services.nested(step);
		}
	}

}
