package io.streamglot.app.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * Listening sockets that are bound before the broker starts, so that their ports are known for its
 * configuration and no other process can take them in between.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Map<String, ServerSocketChannel> channels = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new LinkedHashMap<>();

  private LoopbackSockets() {}

  /**
   * Binds one socket for each listener.
   *
   * @param ports port by listener name, 0 for any free one
   * @throws IOException if a port is taken
   */
  static LoopbackSockets bind(Map<String, Integer> ports) throws IOException {
    var sockets = new LoopbackSockets();
    try {
      for (var listener : ports.entrySet()) {
        var channel = ServerSocketChannel.open();
        sockets.channels.put(listener.getKey(), channel);
        channel.bind(new InetSocketAddress(LOOPBACK, listener.getValue()));
        channel.configureBlocking(false);
        sockets.ports.put(listener.getKey(), channel.socket().getLocalPort());
      }
      return sockets;
    } catch (IOException e) {
      sockets.close();
      throw e;
    }
  }

  /** The port of a listener. */
  int port(String listener) {
    return ports.get(listener);
  }

  /** The address of a listener, as {@code host:port}. */
  String address(String listener) {
    return LOOPBACK.getHostAddress() + ":" + port(listener);
  }

  @Override
  public ServerSocketChannel openServerSocket(
      String listener, InetSocketAddress address, int backlog, int receiveBufferSize)
      throws IOException {
    var channel = channels.get(listener);
    if (channel == null || !channel.isOpen()) {
      throw new IOException(
          "listener %s: expected one of %s with an open socket".formatted(listener, ports));
    }
    return channel;
  }

  @Override
  public void close() {
    for (var channel : channels.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
