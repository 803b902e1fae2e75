package io.github.connectionguard.endpoint;

import java.util.Map;

import io.github.connectionguard.endpoint.detail.SessionDescriptor;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint answers of all pools.
 *
 * @param pools the pools by the names of their beans
 * @param session what requests and scopes do on them
 */
public record PoolsDescriptor(Map<String, PoolDescriptor> pools,
		SessionDescriptor session) implements OperationResponseBody {

}
