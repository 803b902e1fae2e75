package io.github.connectionguard.benchmarks.scale;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The packets of one answer, in the text protocol of MySQL.
 */
final class StubPackets {

	private static final String VERSION = "9.7.0-stub";

	private static final String PLUGIN = "caching_sha2_password";

	/**
	 * Long passwords and flags, a database, protocol 4.1, transactions, secure
	 * connections, several results, plugins and attributes.
	 */
	private static final int CAPABILITIES = 0x0007a20f | 0x00380000;

	private static final int UTF8 = 45;

	private static final int AUTOCOMMIT = 2;

	private static final int STRING = 0xfd;

	private static final int NULL = 0xfb;

	private static final int END = 0xfe;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private int number;

	StubPackets(int number) {
		this.number = number;
	}

	ByteBuffer greeting(long id) {
		ByteArrayOutputStream packet = new ByteArrayOutputStream();
		packet.write(10);
		packet.writeBytes((VERSION + '\0').getBytes(StandardCharsets.US_ASCII));
		little(packet, id, 4);
		packet.writeBytes("12345678\0".getBytes(StandardCharsets.US_ASCII));
		little(packet, CAPABILITIES, 2);
		packet.write(UTF8);
		little(packet, AUTOCOMMIT, 2);
		little(packet, CAPABILITIES >>> 16, 2);
		packet.write(21);
		packet.writeBytes(new byte[10]);
		packet.writeBytes("123456789012\0".getBytes(StandardCharsets.US_ASCII));
		packet.writeBytes((PLUGIN + '\0').getBytes(StandardCharsets.US_ASCII));
		return add(packet).bytes();
	}

	ByteBuffer ok() {
		ByteArrayOutputStream packet = new ByteArrayOutputStream();
		packet.writeBytes(new byte[3]);
		little(packet, AUTOCOMMIT, 2);
		little(packet, 0, 2);
		return add(packet).bytes();
	}

	ByteBuffer rows(List<String> names, List<List<@Nullable String>> rows) {
		ByteArrayOutputStream count = new ByteArrayOutputStream();
		count.write(names.size());
		add(count);
		names.forEach(this::column);
		end();
		for (List<@Nullable String> row : rows) {
			ByteArrayOutputStream packet = new ByteArrayOutputStream();
			row.forEach((value) -> text(packet, value));
			add(packet);
		}
		return end().bytes();
	}

	private void column(String name) {
		ByteArrayOutputStream packet = new ByteArrayOutputStream();
		text(packet, "def");
		text(packet, "");
		text(packet, "");
		text(packet, "");
		text(packet, name);
		text(packet, name);
		packet.write(12);
		little(packet, UTF8, 2);
		little(packet, 1024, 4);
		packet.write(STRING);
		packet.writeBytes(new byte[5]);
		add(packet);
	}

	private StubPackets end() {
		ByteArrayOutputStream packet = new ByteArrayOutputStream();
		packet.write(END);
		little(packet, 0, 2);
		little(packet, AUTOCOMMIT, 2);
		return add(packet);
	}

	private static void text(ByteArrayOutputStream packet, @Nullable String value) {
		if (value == null) {
			packet.write(NULL);
			return;
		}
		byte[] text = value.getBytes(StandardCharsets.UTF_8);
		packet.write(text.length);
		packet.writeBytes(text);
	}

	private static void little(ByteArrayOutputStream packet, long value, int length) {
		for (int i = 0; i < length; i++) {
			packet.write((int) (value >>> (8 * i)));
		}
	}

	private StubPackets add(ByteArrayOutputStream packet) {
		little(this.bytes, packet.size(), 3);
		this.bytes.write(this.number++);
		this.bytes.writeBytes(packet.toByteArray());
		return this;
	}

	private ByteBuffer bytes() {
		return ByteBuffer.wrap(this.bytes.toByteArray());
	}

}
