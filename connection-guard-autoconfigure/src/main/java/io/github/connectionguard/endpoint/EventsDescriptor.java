package io.github.connectionguard.endpoint;

import java.util.List;
import java.util.Map;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint answers of what has happened to one pool.
 *
 * @param events the latest events, the last one first: each with its type, the moment and
 * its fields
 */
public record EventsDescriptor(List<Map<String, Object>> events) implements OperationResponseBody {

}
