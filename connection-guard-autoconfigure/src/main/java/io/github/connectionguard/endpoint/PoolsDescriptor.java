package io.github.connectionguard.endpoint;

import java.util.Map;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint answers of all pools.
 *
 * @param pools the pools by the names of their beans
 */
public record PoolsDescriptor(Map<String, PoolDescriptor> pools) implements OperationResponseBody {

}
