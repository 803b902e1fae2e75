#!/bin/bash
# Jetty 12.1.12 (EE 11, as Spring Boot 4.1.1 manages it) says that a response has a buffer of 32768 bytes, and yet sends
# it, headers and all, upon a single write of 8193 bytes. Many writes of 8192 may wait. A later sendError(), as of a
# commit that fails after the body was written, is then refused. Setting the buffer to the size it already has changes
# that: now writes of less than 32768 bytes wait. Only a write above a quarter of the configured buffer passes it by, and
# setBufferSize() sets both numbers.
#
# Seen: isCommitted() after each write of so many bytes, "set" being setBufferSize(), and then sendError(500)
#   write=8192: getBufferSize() 32768, isCommitted() false, status 500
#   write=8193: getBufferSize() 32768, isCommitted() true, sendError() refused, status 200
#   write=8192&write=8192&write=8192: getBufferSize() 32768, isCommitted() false false false, status 500
#   write=8192&write=8193: getBufferSize() 32768, isCommitted() false true, sendError() refused, status 200
#   set=32768&write=8193: getBufferSize() 32768, isCommitted() false, status 500
#   set=32768&write=32767: getBufferSize() 32768, isCommitted() false, status 500
#   set=32768&write=32768: getBufferSize() 32768, isCommitted() true, sendError() refused, status 200
source "$(dirname "$0")/support.bash"

with jakarta.servlet:jakarta.servlet-api:6.1.0 org.slf4j:slf4j-api:2.0.17 org.slf4j:slf4j-nop:2.0.17 \
	org.eclipse.jetty:jetty-{http,io,security,server,session,util}:12.1.12 org.eclipse.jetty.ee:jetty-ee-webapp:12.1.12 \
	org.eclipse.jetty.ee11:jetty-ee11-servlet:12.1.12
run <<-'JAVA'
	import java.io.IOException;
	import java.net.*;
	import java.net.http.*;

	import jakarta.servlet.http.*;
	import org.eclipse.jetty.ee11.servlet.*;
	import org.eclipse.jetty.server.*;

	public class Finding {

		static class Writes extends HttpServlet {

			@Override
			protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
				if (request.getParameter("set") != null) {
					response.setBufferSize(Integer.parseInt(request.getParameter("set")));
				}
				System.out.printf("%s: getBufferSize() %d, isCommitted()", request.getQueryString(), response.getBufferSize());
				for (String bytes : request.getParameterValues("write")) {
					response.getOutputStream().write(new byte[Integer.parseInt(bytes)]);
					System.out.print(" " + response.isCommitted());
				}
				try {
					response.sendError(500);
				}
				catch (IllegalStateException ex) {
					System.out.print(", sendError() refused");
				}
			}

		}

		public static void main(String[] arguments) throws Exception {
			Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
			ServletContextHandler context = new ServletContextHandler("/");
			context.addServlet(new ServletHolder(new Writes()), "/");
			server.setHandler(context);
			server.start();
			HttpClient client = HttpClient.newHttpClient();
			for (String query : new String[] { "write=8192", "write=8193", "write=8192&write=8192&write=8192",
					"write=8192&write=8193", "set=32768&write=8193", "set=32768&write=32767", "set=32768&write=32768" }) {
				URI uri = server.getURI().resolve("/?" + query);
				HttpResponse<?> response = client.send(HttpRequest.newBuilder(uri).build(),
						HttpResponse.BodyHandlers.discarding());
				System.out.println(", status " + response.statusCode());
			}
			server.stop();
		}

	}
JAVA
expect <<-'SEEN'
	write=8192: getBufferSize() 32768, isCommitted() false, status 500
	write=8193: getBufferSize() 32768, isCommitted() true, sendError() refused, status 200
	write=8192&write=8192&write=8192: getBufferSize() 32768, isCommitted() false false false, status 500
	write=8192&write=8193: getBufferSize() 32768, isCommitted() false true, sendError() refused, status 200
	set=32768&write=8193: getBufferSize() 32768, isCommitted() false, status 500
	set=32768&write=32767: getBufferSize() 32768, isCommitted() false, status 500
	set=32768&write=32768: getBufferSize() 32768, isCommitted() true, sendError() refused, status 200
SEEN
