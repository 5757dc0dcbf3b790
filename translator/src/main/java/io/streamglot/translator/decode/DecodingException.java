package io.streamglot.translator.decode;

/** ONNX Runtime failed in a search. The decoder stays usable. */
public final class DecodingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param message what failed
   * @param cause why, may be null
   */
  public DecodingException(String message, Throwable cause) {
    super(message, cause);
  }
}
