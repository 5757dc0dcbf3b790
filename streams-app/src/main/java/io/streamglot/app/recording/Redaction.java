package io.streamglot.app.recording;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces e-mail addresses, numbers and mentions in texts by stand-ins of the same shape: a letter
 * by one of a to z in its case, a digit by a digit, all else stays. What is equal has equal
 * stand-ins under one key, and without the key no way leads back but to guess.
 *
 * <p>Names that no {@code @} marks, addresses of pages and of streets, and numbers in words stay.
 *
 * <p>Not thread-safe.
 */
public final class Redaction {

  /** Length of a key in bytes. */
  public static final int KEY_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";

  /** ProtectedSpans would not do: there an address in code is code, and a number is no span. */
  private static final Pattern PERSONAL =
      Pattern.compile(
          "[\\p{L}\\p{N}._%+-]{1,64}+@[\\p{L}\\p{N}-]{1,63}+(?:\\.[\\p{L}\\p{N}-]{1,63}+){1,8}"
              + "|(?<![\\p{L}\\p{N}_@])@[\\p{L}\\p{M}\\p{N}_]++(?:[.-][\\p{L}\\p{N}_]++){0,4}"
              + "|\\p{Nd}++");

  private final Mac mac;

  /**
   * Redacts.
   *
   * @param key of {@value #KEY_BYTES} bytes, to be drawn at random and forgotten
   */
  public Redaction(byte[] key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /** The text with stand-ins. */
  public String redact(String text) {
    return PERSONAL.matcher(text).replaceAll(found -> standIn(found.group()));
  }

  private String standIn(String original) {
    var stream = new KeyStream(original);
    var standIn = new StringBuilder();
    original
        .codePoints()
        .forEach(
            character -> {
              if (Character.isDigit(character)) {
                int zero = character - Character.digit(character, 10);
                standIn.appendCodePoint(zero + stream.next(10));
              } else if (Character.isLetterOrDigit(character)) {
                char first = Character.isUpperCase(character) ? 'A' : 'a';
                standIn.append((char) (first + stream.next(26)));
              } else {
                standIn.appendCodePoint(character);
              }
            });
    return standIn.toString();
  }

  /** Numbers that the key and a text decide. */
  private final class KeyStream {
    private byte[] block;
    private int used;

    KeyStream(String text) {
      block = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** From 0 to below the bound, almost evenly. */
    int next(int bound) {
      if (used + 2 > block.length) {
        block = mac.doFinal(block);
        used = 0;
      }
      int number = (block[used] & 0xFF) << 8 | (block[used + 1] & 0xFF);
      used += 2;
      return number % bound;
    }
  }
}
