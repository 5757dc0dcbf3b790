package io.streamglot.app.topology;

import io.streamglot.translator.Translator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * The models of a language pair.
 *
 * @param serving translates what no candidate does
 * @param candidate is tried beside it, if there is one
 */
public record PairModels(Translator serving, Optional<Candidate> candidate) {

  /** A model alone. */
  public PairModels(Translator serving) {
    this(serving, Optional.empty());
  }

  /**
   * A model that is tried.
   *
   * @param translator not null
   * @param share of the conversations that it translates instead of the serving model, 0 to 1
   * @param shadow whether it translates every text besides, for the shadow topic
   */
  public record Candidate(Translator translator, double share, boolean shadow) {

    /**
     * Checks the share.
     *
     * @throws IllegalArgumentException if it is out of its range
     */
    public Candidate {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "share of a candidate: expected 0 to 1, actual " + share);
      }
    }

    /**
     * Whether it translates a conversation: decided by the SHA-256 of name and version of the model
     * and of the conversation. So a conversation keeps its model, a larger share of the same
     * candidate takes none away, and another candidate is tried on others.
     */
    boolean takes(byte[] conversation) {
      if (share == 0) {
        return false;
      }
      var manifest = translator.manifest();
      var digest = sha256();
      digest.update(
          (manifest.name() + '\0' + manifest.version() + '\0').getBytes(StandardCharsets.UTF_8));
      byte[] hash = digest.digest(conversation);
      long drawn = 0;
      for (int i = 0; i < Integer.BYTES; i++) {
        drawn = (drawn << Byte.SIZE) | (hash[i] & 0xFF);
      }
      return drawn < share * (1L << Integer.SIZE);
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }

  /** The model that translates a conversation. */
  Translator of(byte[] conversation) {
    return candidate
        .filter(tried -> tried.takes(conversation))
        .map(Candidate::translator)
        .orElse(serving);
  }

  /** The model that translates every text for the shadow topic. */
  Optional<Translator> shadow() {
    return candidate.filter(Candidate::shadow).map(Candidate::translator);
  }
}
