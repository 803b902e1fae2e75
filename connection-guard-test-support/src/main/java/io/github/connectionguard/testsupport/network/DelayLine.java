package io.github.connectionguard.testsupport.network;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

import com.sun.jna.LastErrorException;

/**
 * A device that gives back each packet sent to it some time later.
 */
final class DelayLine {

	static final String DEVICE = "delay0";

	private static final long TUNSETIFF = 0x400454caL;

	private static final int NAME_LENGTH = 16;

	private static final int REQUEST_LENGTH = 40;

	private static final int IFF_TUN_NO_PI = 0x1001;

	private static final int LARGEST_PACKET = 65536;

	private final int descriptor;

	private final DelayQueue<Packet> packets = new DelayQueue<>();

	private volatile long delay;

	private volatile boolean closed;

	private DelayLine(int descriptor) {
		this.descriptor = descriptor;
	}

	/**
	 * Creates the device in a namespace, where all that comes from some of its devices is
	 * led through it.
	 * @param router the namespace
	 * @param devices the devices
	 * @return the line, without a delay
	 */
	static DelayLine in(Namespace router, String... devices) {
		DelayLine line = new DelayLine(router.call(DelayLine::open));
		router.ip("link set " + DEVICE + " up");
		router.ip("route add default dev " + DEVICE + " table 77");
		for (String device : devices) {
			router.ip("rule add iif " + device + " lookup 77");
		}
		line.start(line::receive);
		line.start(line::send);
		return line;
	}

	private static int open() {
		int descriptor = SystemCalls.INSTANCE.open("/dev/net/tun", SystemCalls.O_RDWR);
		byte[] request = Arrays.copyOf(DEVICE.getBytes(StandardCharsets.US_ASCII), REQUEST_LENGTH);
		request[NAME_LENGTH] = (byte) IFF_TUN_NO_PI;
		request[NAME_LENGTH + 1] = (byte) (IFF_TUN_NO_PI >> 8);
		SystemCalls.INSTANCE.ioctl(descriptor, TUNSETIFF, request);
		return descriptor;
	}

	void delay(Duration delay) {
		this.delay = delay.toNanos();
	}

	/**
	 * Ends the line, whose device goes with the namespace. The descriptor is closed by
	 * the thread that waits on it.
	 */
	void close() {
		this.closed = true;
		this.packets.add(new Packet(new byte[0], System.nanoTime()));
	}

	private void start(Runnable work) {
		Thread thread = new Thread(work, DEVICE);
		thread.setDaemon(true);
		thread.start();
	}

	private void receive() {
		byte[] buffer = new byte[LARGEST_PACKET];
		try {
			while (!this.closed) {
				int length = SystemCalls.INSTANCE.read(this.descriptor, buffer, buffer.length);
				this.packets.add(new Packet(Arrays.copyOf(buffer, length), System.nanoTime() + this.delay));
			}
		}
		catch (LastErrorException ex) {
			this.closed = true;
		}
		SystemCalls.INSTANCE.close(this.descriptor);
	}

	private void send() {
		try {
			for (byte[] packet = this.packets.take().bytes(); !this.closed; packet = this.packets.take().bytes()) {
				SystemCalls.INSTANCE.write(this.descriptor, packet, packet.length);
			}
		}
		catch (LastErrorException ex) {
			this.closed = true;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Nobody interrupts the threads of a line", ex);
		}
	}

	private record Packet(byte[] bytes, long due) implements Delayed {

		@Override
		public long getDelay(TimeUnit unit) {
			return unit.convert(this.due - System.nanoTime(), TimeUnit.NANOSECONDS);
		}

		@Override
		public int compareTo(Delayed other) {
			return Long.compare(this.due, ((Packet) other).due);
		}

	}

}
