package io.streamglot.app.format;

/**
 * The schema registry cannot be asked, or does not have or take what is needed: no fault of a
 * record. The message is one line, without credentials.
 */
public final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegistryException(String message) {
    super(message);
  }

  RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
