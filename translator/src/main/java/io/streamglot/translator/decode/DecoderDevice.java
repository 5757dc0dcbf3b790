package io.streamglot.translator.decode;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a decoder computes.
 *
 * @param kind of processor
 * @param number of the CUDA device, from 0; 0 if the kind is another
 */
public record DecoderDevice(Kind kind, int number) {

  /** Kinds of processors, and the choice between them. */
  public enum Kind {
    /** The processor that Java runs on. */
    CPU,
    /** A GPU by ONNX Runtime's CUDA provider, which takes a build with {@code -Pcuda}. */
    CUDA,
    /** The first CUDA device for a graph that was exported for CUDA, if it opens; else the CPU. */
    AUTO
  }

  /** The processor that Java runs on; nothing is asked of CUDA. */
  public static final DecoderDevice CPU = new DecoderDevice(Kind.CPU, 0);

  /** CUDA where that can be, else the CPU. */
  public static final DecoderDevice AUTO = new DecoderDevice(Kind.AUTO, 0);

  /** What {@link #parse} takes, in words. */
  public static final String EXPECTED = "cpu, cuda:N (N from 0) or auto";

  private static final Pattern CUDA = Pattern.compile("cuda:(\\d{1,3})");

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public DecoderDevice {
    if (number < 0) {
      throw new IllegalArgumentException("CUDA device: expected at least 0, actual " + number);
    }
  }

  /** A CUDA device, from 0. */
  public static DecoderDevice cuda(int number) {
    return new DecoderDevice(Kind.CUDA, number);
  }

  /**
   * Reads {@code cpu}, {@code cuda:N} or {@code auto}, as {@link #toString} writes them.
   *
   * @throws IllegalArgumentException if the text is another; the message is one line
   */
  public static DecoderDevice parse(String text) {
    Matcher cuda = CUDA.matcher(text);
    if (cuda.matches()) {
      return cuda(Integer.parseInt(cuda.group(1)));
    }
    return switch (text) {
      case "cpu" -> CPU;
      case "auto" -> AUTO;
      default ->
          throw new IllegalArgumentException(
              "device: expected %s, actual '%s'".formatted(EXPECTED, text));
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case CPU -> "cpu";
      case CUDA -> "cuda:" + number;
      case AUTO -> "auto";
    };
  }
}
