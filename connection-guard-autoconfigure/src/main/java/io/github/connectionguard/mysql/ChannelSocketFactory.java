package io.github.connectionguard.mysql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets of MySQL Connector/J such that they can be looked at. Named in the
 * driver's property {@code socketFactory}, which needs a public class with a public
 * constructor.
 */
public final class ChannelSocketFactory extends StandardSocketFactory {

	private @Nullable ChannelSocket socket;

	@Override
	protected Socket createSocket(PropertySet properties) {
		try {
			ChannelSocket created = new ChannelSocket();
			this.socket = created;
			return created;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not create a socket", ex);
		}
	}

	/**
	 * Return the socket that was made last, which is the one that connected.
	 * @return the socket, or {@code null} if none was made
	 */
	@Nullable ChannelSocket socket() {
		return this.socket;
	}

}
