package io.github.connectionguard.endpoint;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint answers to an action.
 *
 * @param action the action
 * @param begun what was begun, as a sentence
 */
public record ActionDescriptor(String action, String begun) implements OperationResponseBody {

}
