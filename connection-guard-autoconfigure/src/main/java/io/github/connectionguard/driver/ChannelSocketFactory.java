package io.github.connectionguard.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;

/**
 * Makes the sockets of MySQL Connector/J such that they can be looked at. Named in the
 * driver's property {@code socketFactory}, which needs a public class with a public
 * constructor.
 */
public final class ChannelSocketFactory extends StandardSocketFactory {

	@Override
	protected Socket createSocket(PropertySet properties) {
		try {
			ChannelSocket created = new ChannelSocket();
			ConnectAttempt.made(created);
			return created;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not create a socket", ex);
		}
	}

}
