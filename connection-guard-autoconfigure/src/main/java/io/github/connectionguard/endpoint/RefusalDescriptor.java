package io.github.connectionguard.endpoint;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint answers to what it does not understand.
 *
 * @param error what is wrong, and what is allowed
 */
public record RefusalDescriptor(String error) implements OperationResponseBody {

}
