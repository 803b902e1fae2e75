package io.github.connectionguard.endpoint;

import java.util.List;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint answers of the connections of one pool.
 *
 * @param connections the physical connections
 */
public record ConnectionsDescriptor(List<ConnectionDescriptor> connections) implements OperationResponseBody {

}
