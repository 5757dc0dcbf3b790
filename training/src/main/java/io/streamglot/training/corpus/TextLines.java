package io.streamglot.training.corpus;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads the lines of a plain or gzip file that must be UTF-8. */
public final class TextLines {

  private static final int BUFFER_SIZE = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private TextLines() {}

  /**
   * All lines, without their ends (LF or CR LF) and without a byte order mark. Gzip is told by its
   * first two bytes, whatever the file is called.
   *
   * @throws CorpusFormatException if a line is not UTF-8 or the gzip stream is damaged
   * @throws IOException if the file cannot be read
   */
  public static List<String> read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CorpusFormatException(file, "corpus", "a file", "a folder");
    }
    List<String> lines = new ArrayList<>();
    try (InputStream in = open(file)) {
      CharsetDecoder decoder =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER_SIZE];
      int count;
      while ((count = in.read(buffer)) >= 0) {
        int start = 0;
        for (int i = 0; i < count; i++) {
          if (buffer[i] == '\n') {
            line.write(buffer, start, i - start);
            lines.add(decode(decoder, line.toByteArray(), file, lines.size() + 1L));
            line.reset();
            start = i + 1;
          }
        }
        line.write(buffer, start, count - start);
      }
      if (line.size() > 0) {
        lines.add(decode(decoder, line.toByteArray(), file, lines.size() + 1L));
      }
    } catch (EOFException | ZipException e) {
      CorpusFormatException damaged =
          new CorpusFormatException(
              file,
              "gzip stream after line " + lines.size(),
              "a whole stream",
              "a damaged one (" + e.getMessage() + ")");
      damaged.initCause(e);
      throw damaged;
    }
    return lines;
  }

  private static InputStream open(Path file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_SIZE);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return gzip ? new GZIPInputStream(in, BUFFER_SIZE) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static String decode(CharsetDecoder decoder, byte[] bytes, Path file, long number)
      throws CorpusFormatException {
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    ByteBuffer input = ByteBuffer.wrap(bytes, 0, length);
    try {
      String line = decoder.decode(input).toString();
      return number == 1 && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK
          ? line.substring(1)
          : line;
    } catch (CharacterCodingException e) {
      // The decoder stops in front of the bytes that it refuses.
      int at = input.position();
      CorpusFormatException malformed =
          new CorpusFormatException(
              file,
              number,
              "byte " + (at + 1),
              "UTF-8",
              "0x" + HexFormat.of().formatHex(bytes, at, at + 1));
      malformed.initCause(e);
      throw malformed;
    }
  }
}
