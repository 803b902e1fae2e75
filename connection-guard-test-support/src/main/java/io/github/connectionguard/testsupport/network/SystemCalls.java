package io.github.connectionguard.testsupport.network;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import org.jspecify.annotations.Nullable;

/**
 * What networks ask of the kernel and Java has no words for.
 */
interface SystemCalls extends Library {

	SystemCalls INSTANCE = Native.load("c", SystemCalls.class);

	int O_RDONLY = 0;

	int O_RDWR = 2;

	int CLONE_NEWNS = 0x00020000;

	int CLONE_NEWNET = 0x40000000;

	long MS_BIND = 4096;

	long MS_REC_PRIVATE = 16384 | (1 << 18);

	int open(String path, int flags) throws LastErrorException;

	int close(int descriptor) throws LastErrorException;

	int read(int descriptor, byte[] buffer, long length) throws LastErrorException;

	int write(int descriptor, byte[] buffer, long length) throws LastErrorException;

	int ioctl(int descriptor, long request, byte[] argument) throws LastErrorException;

	int setns(int descriptor, int kind) throws LastErrorException;

	int unshare(int kinds) throws LastErrorException;

	int mount(String source, String target, @Nullable String type, long flags, @Nullable String data)
			throws LastErrorException;

}
