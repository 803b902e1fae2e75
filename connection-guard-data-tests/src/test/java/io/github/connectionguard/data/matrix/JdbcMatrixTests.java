package io.github.connectionguard.data.matrix;

import io.github.connectionguard.session.SessionMode;

/**
 * The matrix of an application with Spring's transaction manager for JDBC.
 */
class JdbcMatrixTests extends SessionMatrix {

	JdbcMatrixTests() {
		super(JdbcApplication.class, SessionMode.UNIT);
	}

}
