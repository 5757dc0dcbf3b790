package io.streamglot.translator.decode;

import java.io.IOException;

/**
 * A decoder cannot compute on the device that was asked for. The message is one line: device,
 * expected, actual.
 */
public final class DeviceException extends IOException {

  private static final long serialVersionUID = 1L;

  DeviceException(DecoderDevice device, String expected, String actual, Throwable cause) {
    super("device %s: expected %s, actual %s".formatted(device, expected, actual), cause);
  }
}
