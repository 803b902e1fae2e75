package io.github.connectionguard.requests;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

import com.sun.management.ThreadMXBean;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Handlers that write a row, and then a body of any length. They measure the memory that
 * they and everything they call take.
 */
@RestController
@RequestMapping("/download")
class DownloadController {

	private static final int BLOCK = 64 * 1024;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final RowService rows;

	private final Gate gate;

	private volatile long allocated;

	DownloadController(RowService rows, Gate gate) {
		this.rows = rows;
		this.gate = gate;
	}

	/**
	 * Return how many bytes the last download has allocated on its thread.
	 */
	long allocated() {
		return this.allocated;
	}

	@GetMapping("/stream")
	void stream(long length, HttpServletResponse response) throws IOException, InterruptedException {
		long before = this.threads.getCurrentThreadAllocatedBytes();
		this.rows.bare("a");
		ServletOutputStream stream = response.getOutputStream();
		byte[] block = new byte[BLOCK];
		for (long left = length; left > 0; left -= BLOCK) {
			stream.write(block, 0, (int) Math.min(left, BLOCK));
		}
		this.allocated = this.threads.getCurrentThreadAllocatedBytes() - before;
		this.gate.pass();
	}

	@GetMapping("/writer")
	void writer(long length, HttpServletResponse response) throws IOException, InterruptedException {
		long before = this.threads.getCurrentThreadAllocatedBytes();
		this.rows.bare("a");
		PrintWriter writer = response.getWriter();
		char[] block = new char[BLOCK];
		Arrays.fill(block, 'x');
		for (long left = length; left > 0; left -= BLOCK) {
			writer.write(block, 0, (int) Math.min(left, BLOCK));
		}
		this.allocated = this.threads.getCurrentThreadAllocatedBytes() - before;
		this.gate.pass();
	}

}
