package io.github.connectionguard.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Supplier;

import io.github.connectionguard.endpoint.detail.TicketDescriptor;
import io.github.connectionguard.endpoint.page.Page;
import io.github.connectionguard.endpoint.page.PageFile;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.http.MediaType;
import org.springframework.util.MimeType;

/**
 * Answers on the web as {@link ConnectionGuardEndpoint} does, with values shown to whom
 * they may be. Thread-safe.
 */
@EndpointWebExtension(endpoint = ConnectionGuardEndpoint.class)
public class ConnectionGuardEndpointWebExtension {

	private static final MimeType PLAIN_TEXT = new MimeType("text", "plain", StandardCharsets.UTF_8);

	private final ConnectionGuardEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	private final Page page;

	/**
	 * Create the extension.
	 * @param delegate the endpoint
	 * @param showValues when to show values that not everybody may see
	 * @param roles the roles of those who may
	 * @param base the last segment of the endpoint's path
	 */
	public ConnectionGuardEndpointWebExtension(ConnectionGuardEndpoint delegate, Show showValues, Set<String> roles,
			String base) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = roles;
		this.page = new Page(base);
	}

	private boolean isShown(SecurityContext context) {
		return this.showValues.isShown(context, this.roles);
	}

	/**
	 * Tell how all pools are.
	 * @param context who asks
	 * @return the pools
	 */
	@ReadOperation
	public PoolsDescriptor pools(SecurityContext context) {
		return this.delegate.pools(isShown(context));
	}

	/**
	 * Show a page of all that. Whoever accepts anything gets it as JSON, see above.
	 * @return the page
	 */
	@ReadOperation(produces = MediaType.TEXT_HTML_VALUE)
	public WebEndpointResponse<String> page() {
		return respond(this.page.html());
	}

	/**
	 * Tell how one pool is, or return one of the files of the page.
	 * @param context who asks
	 * @param pool the name of its bean, or of the file
	 * @return the pool or the file, or 404
	 */
	@ReadOperation
	public WebEndpointResponse<?> pool(SecurityContext context, @Selector String pool) {
		PageFile file = this.page.file(pool);
		return (file != null) ? respond(file) : respond(() -> this.delegate.pool(pool, isShown(context)));
	}

	private static WebEndpointResponse<String> respond(PageFile file) {
		return new WebEndpointResponse<>(file.content(), WebEndpointResponse.STATUS_OK, file.type());
	}

	/**
	 * Tell of the connections of a guarded pool, what has happened to it, its last
	 * minutes, or, as plain text, what belongs into a ticket.
	 * @param context who asks
	 * @param pool the name of the pool's bean
	 * @param section {@code connections}, {@code events}, {@code samples} or
	 * {@code ticket}
	 * @param cause the cause of the losses to be told alone, or {@code null} to tell of
	 * all events
	 * @return that, 404, or 400 for a cause that there is not
	 */
	@ReadOperation(produces = { ConnectionGuardEndpoint.JSON_V3, ConnectionGuardEndpoint.JSON_V2,
			ConnectionGuardEndpoint.JSON, ConnectionGuardEndpoint.TEXT })
	public WebEndpointResponse<Object> section(SecurityContext context, @Selector String pool, @Selector String section,
			@Nullable String cause) {
		return respond(() -> this.delegate.section(pool, section, cause, isShown(context)));
	}

	/**
	 * Do something to a guarded pool, in the background, or look at the threads that hold
	 * its connections.
	 * @param context who asks
	 * @param pool the name of its bean
	 * @param action what to do
	 * @return what was begun or seen, 404, or 400 for an action that there is not
	 */
	@WriteOperation
	public WebEndpointResponse<Object> act(SecurityContext context, @Selector String pool, String action) {
		return respond(() -> this.delegate.act(pool, action, isShown(context)));
	}

	private static WebEndpointResponse<Object> respond(Supplier<@Nullable OperationResponseBody> answer) {
		try {
			OperationResponseBody body = answer.get();
			if (body instanceof TicketDescriptor ticket) {
				return new WebEndpointResponse<>(ticket.ticket(), WebEndpointResponse.STATUS_OK, PLAIN_TEXT);
			}
			return (body != null) ? new WebEndpointResponse<>(body)
					: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		catch (InvalidEndpointRequestException ex) {
			return new WebEndpointResponse<>(new RefusalDescriptor(String.valueOf(ex.getReason())),
					WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

}
