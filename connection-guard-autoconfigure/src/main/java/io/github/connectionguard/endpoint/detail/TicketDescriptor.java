package io.github.connectionguard.endpoint.detail;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint answers of a pool for a ticket.
 *
 * @param ticket the text
 */
public record TicketDescriptor(String ticket) implements OperationResponseBody {

}
