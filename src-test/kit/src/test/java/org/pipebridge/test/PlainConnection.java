package org.pipebridge.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.pipebridge.http.RequestLine;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.server.exchange.Exchange;
import org.pipebridge.server.exchange.ExchangeRun;
import org.pipebridge.server.exchange.Exchanges;

/** Reads the requests of one connection, one after the other. */
final class PlainConnection {

  private final Socket socket;
  private final InputStream in;
  private final Exchanges exchanges;
  private final Fault fault;

  PlainConnection(Socket socket, Exchanges exchanges, Fault fault) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.exchanges = exchanges;
    this.fault = fault;
  }

  <C> void serve(HttpApplication<C> application) throws IOException {
    boolean kept = true;
    while (kept) {
      String line = readLine();
      if (line.isEmpty()) {
        return;
      }
      String[] parts = line.split(" ", 3);
      PlainTransport transport = new PlainTransport(socket);
      ReceivedHeaders headers = new ReceivedHeaders(transport::checkAlive);
      for (String field = readLine(); !field.isEmpty(); field = readLine()) {
        int colon = field.indexOf(':');
        headers.receive(field.substring(0, colon), field.substring(colon + 1).trim());
      }
      transport.receive(
          new RequestLine(parts[2], parts[0], parts[1], headers, transport::checkAlive), in);
      Exchange exchange = new Exchange(fault.on(transport), exchanges);
      transport.setExchange(exchange);
      new ExchangeRun<>(application, exchange).run();
      kept = transport.awaitKept();
    }
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
