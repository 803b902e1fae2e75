package io.github.connectionguard.network.site;

import java.util.function.BooleanSupplier;

/**
 * Sees to it that no site starts its processes while another one measures.
 * <p>
 * Sites that come while others start join them. Those that come while others measure wait
 * until they have ended.
 */
final class Phases {

	private int starting;

	private int measuring;

	synchronized void beginStart() {
		await(() -> this.measuring > 0);
		this.starting++;
	}

	synchronized void beginMeasuring() {
		this.starting--;
		notifyAll();
		await(() -> this.starting > 0);
		this.measuring++;
	}

	synchronized void giveUpStart() {
		this.starting--;
		notifyAll();
	}

	synchronized void endMeasuring() {
		this.measuring--;
		notifyAll();
	}

	private void await(BooleanSupplier hindered) {
		try {
			while (hindered.getAsBoolean()) {
				wait();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for other sites", ex);
		}
	}

}
