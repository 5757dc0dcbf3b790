package io.streamglot.training.model;

/** The chosen device cannot be used on this machine or in this build. */
public final class DeviceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
