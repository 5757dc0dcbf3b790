package io.streamglot.app.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads lines of UTF-8, whatever the locale says.
 *
 * <ul>
 *   <li>A line ends at a line feed; a carriage return before it belongs to the end. The last line
 *       needs no line feed.
 *   <li>A byte order mark at the very beginning is skipped.
 *   <li>Bytes that are not UTF-8 are refused with line and position: replaced characters would be
 *       translated without anybody noticing.
 *   <li>A line of more than {@value #MAX_BYTES} bytes is refused, so that memory stays bounded.
 * </ul>
 *
 * <p>Not thread-safe.
 */
final class LineReader {
  /** Longest line in bytes, as long as the largest record that Kafka takes by default. */
  static final int MAX_BYTES = 1 << 20;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private long lineNumber;

  LineReader(InputStream in) {
    this.in = in instanceof BufferedInputStream ? in : new BufferedInputStream(in);
  }

  /** Number of the line that was read last, from 1; 0 before the first. */
  long lineNumber() {
    return lineNumber;
  }

  /**
   * Reads the next line, blocking until it is there.
   *
   * @return the line without its end, or null at the end of the input
   * @throws UserErrorException if the line is not UTF-8 or too long, the message names the line; or
   *     if the input cannot be read, such as a folder
   */
  String readLine() {
    int next = read();
    if (next < 0) {
      return null;
    }
    lineNumber++;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    for (; next >= 0 && next != '\n'; next = read()) {
      if (bytes.size() == MAX_BYTES) {
        throw new UserErrorException(
            "line %d: too long: expected at most %d bytes".formatted(lineNumber, MAX_BYTES));
      }
      bytes.write(next);
    }
    String line = decode(bytes.toByteArray());
    int from = lineNumber == 1 && line.indexOf(BYTE_ORDER_MARK) == 0 ? 1 : 0;
    int to = line.endsWith("\r") ? line.length() - 1 : line.length();
    return line.substring(from, to);
  }

  private int read() {
    try {
      return in.read();
    } catch (IOException e) {
      throw new UserErrorException(
          "standard input: expected lines of text, actual: " + e.getMessage());
    }
  }

  private String decode(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    CharBuffer to = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(from, to, true);
    if (result.isError()) {
      throw new UserErrorException(
          "line %d: not UTF-8: expected UTF-8 bytes, actual 0x%02X at byte %d of the line"
              .formatted(lineNumber, bytes[from.position()], from.position() + 1));
    }
    return to.flip().toString();
  }
}
