package io.github.connectionguard.transactional;

import java.io.IOException;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A service for each way to be transactional.
 */
@Component
class Services {

	@Transactional
	void required(Step step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.SUPPORTS)
	void supports(Step step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.MANDATORY)
	void mandatory(Step step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.REQUIRES_NEW)
	void requiresNew(Step step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.NOT_SUPPORTED)
	void notSupported(Step step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.NEVER)
	void never(Step step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.NESTED)
	void nested(Step step) throws Exception {
		step.run();
	}

	@Transactional(readOnly = true)
	void readOnly(Step step) throws Exception {
		step.run();
	}

	@Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
	void supportsReadOnly(Step step) throws Exception {
		step.run();
	}

	@Transactional(isolation = Isolation.READ_UNCOMMITTED)
	void readUncommitted(Step step) throws Exception {
		step.run();
	}

	@Transactional(isolation = Isolation.READ_COMMITTED)
	void readCommitted(Step step) throws Exception {
		step.run();
	}

	@Transactional(isolation = Isolation.REPEATABLE_READ)
	void repeatableRead(Step step) throws Exception {
		step.run();
	}

	@Transactional(isolation = Isolation.SERIALIZABLE)
	void serializable(Step step) throws Exception {
		step.run();
	}

	@Transactional(timeout = 1)
	void limited(Step step) throws Exception {
		step.run();
	}

	@Transactional(rollbackFor = IOException.class)
	void rollbackForChecked(Step step) throws Exception {
		step.run();
	}

	@Transactional(noRollbackFor = IllegalStateException.class)
	void noRollbackForUnchecked(Step step) throws Exception {
		step.run();
	}

	@Transactional("second")
	void second(Step step) throws Exception {
		step.run();
	}

	/**
	 * Call another method of this class, past the proxy.
	 */
	void callingItself(Step step) throws Exception {
		required(step);
	}

	@Transactional
	void requiredCallingItself(Step step) throws Exception {
		requiresNew(step);
	}

	/**
	 * Call the service of a propagation.
	 */
	static void call(Services services, Propagation propagation, Step step) throws Exception {
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
