package io.streamglot.app.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamglot.app.language.LanguageTags;
import io.streamglot.app.topology.LanguagePair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which models a language pair is to have, whole: what an event does not say, holds no more.
 *
 * <p>A record of the topic has the key {@code en:fr} and as its value a JSON object (RFC 8259), or
 * none, which means the configured model alone:
 *
 * <pre>{@code
 * {"bundle": "en-fr-1.4.1", "version": "1.4.1", "sha256": "9f86...",
 *  "candidate": {"bundle": "en-fr-1.5.0", "version": "1.5.0", "sha256": "2c26...", "share": 0.05}}
 * }</pre>
 *
 * <p>{@code sha256} may be left out; so may {@code bundle} with its version, for the configured
 * model, and {@code candidate}, which has a {@code share} of the conversations, {@code "shadow":
 * true}, or both.
 *
 * @param pair whose models they are
 * @param serving the model that serves; empty for the one of the configuration
 * @param candidate the model that is tried beside it
 */
public record RolloutEvent(
    LanguagePair pair, Optional<BundleName> serving, Optional<Candidate> candidate) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String BUNDLE = "bundle";
  private static final String VERSION = "version";
  private static final String SHA256 = "sha256";
  private static final String CANDIDATE = "candidate";
  private static final String SHARE = "share";
  private static final String SHADOW = "shadow";

  /**
   * A model on trial.
   *
   * @param bundle its bundle
   * @param share of the conversations that it translates instead of the serving model, 0 to 1
   * @param shadow whether it translates every text besides, for the shadow topic
   */
  public record Candidate(BundleName bundle, double share, boolean shadow) {}

  /** The configured model alone. */
  public static RolloutEvent configured(LanguagePair pair) {
    return new RolloutEvent(pair, Optional.empty(), Optional.empty());
  }

  /**
   * The pair that a key names.
   *
   * @param key such as {@code en:fr}
   * @throws RolloutException if it names none
   */
  public static LanguagePair pair(String key) throws RolloutException {
    var tags = List.of(key.split(":", -1));
    if (tags.size() != 2 || !tags.stream().allMatch(LanguageTags::isWellFormed)) {
      throw new RolloutException(
          "key: expected two BCP 47 tags as in en:fr, actual '%s'".formatted(key));
    }
    return new LanguagePair(tags.get(0), tags.get(1));
  }

  /**
   * Reads the value of a record.
   *
   * @param value as it is in the topic, or null
   * @throws RolloutException if it is none
   */
  static RolloutEvent read(LanguagePair pair, byte[] value) throws RolloutException {
    if (value == null) {
      return configured(pair);
    }
    var event = object(value);
    requireFields("", event, Set.of(BUNDLE, VERSION, SHA256, CANDIDATE));
    Optional<BundleName> serving =
        event.has(BUNDLE) || event.has(VERSION) || event.has(SHA256)
            ? Optional.of(bundle("", event))
            : Optional.empty();
    return new RolloutEvent(
        pair,
        serving,
        event.has(CANDIDATE) ? Optional.of(candidate(event.get(CANDIDATE))) : Optional.empty());
  }

  private static JsonNode object(byte[] value) throws RolloutException {
    try {
      var node = JSON.readTree(value);
      if (node.isObject()) {
        return node;
      }
      throw new RolloutException("value: expected a JSON object, actual " + node.getNodeType());
    } catch (JsonProcessingException e) {
      throw new RolloutException(
          "value: expected a JSON object, actual " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new RolloutException("value: expected a JSON object, actual " + e.getMessage(), e);
    }
  }

  private static Candidate candidate(JsonNode node) throws RolloutException {
    if (!node.isObject()) {
      throw new RolloutException("candidate: expected an object, actual " + node.getNodeType());
    }
    requireFields(CANDIDATE + ".", node, Set.of(BUNDLE, VERSION, SHA256, SHARE, SHADOW));
    var share = node.path(SHARE);
    var shadow = node.path(SHADOW);
    boolean inRange = share.isNumber() && share.asDouble() >= 0 && share.asDouble() <= 1;
    if (!share.isMissingNode() && !inRange) {
      throw new RolloutException("candidate.share: expected a number from 0 to 1, actual " + share);
    }
    if (!shadow.isMissingNode() && !shadow.isBoolean()) {
      throw new RolloutException("candidate.shadow: expected true or false, actual " + shadow);
    }
    if (share.asDouble() == 0 && !shadow.asBoolean()) {
      throw new RolloutException("candidate: expected a share above 0 or shadow, actual neither");
    }
    return new Candidate(bundle(CANDIDATE + ".", node), share.asDouble(), shadow.asBoolean());
  }

  private static BundleName bundle(String where, JsonNode node) throws RolloutException {
    var sha256 = node.has(SHA256) ? text(where, node, SHA256) : "";
    if (!sha256.matches("([0-9a-f]{64})?")) {
      throw new RolloutException(
          "%s%s: expected 64 hexadecimal digits, actual '%s'".formatted(where, SHA256, sha256));
    }
    return new BundleName(text(where, node, BUNDLE), text(where, node, VERSION), sha256);
  }

  private static String text(String where, JsonNode node, String field) throws RolloutException {
    var value = node.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new RolloutException(
          "%s%s: expected text, actual %s"
              .formatted(where, field, value.isMissingNode() ? "none" : value));
    }
    return value.asText();
  }

  private static void requireFields(String where, JsonNode node, Set<String> known)
      throws RolloutException {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!known.contains(field.getKey())) {
        throw new RolloutException(
            "%s%s: expected one of %s, actual an unknown field"
                .formatted(where, field.getKey(), known.stream().sorted().toList()));
      }
    }
  }

  /** Key of the record. */
  public String key() {
    return pair.source() + ":" + pair.target();
  }

  /** Value of the record; null for the configured model alone. */
  public byte[] value() {
    if (serving.isEmpty() && candidate.isEmpty()) {
      return null;
    }
    var event = JSON.createObjectNode();
    serving.ifPresent(bundle -> put(event, bundle));
    candidate.ifPresent(
        tried -> {
          var node = event.putObject(CANDIDATE);
          put(node, tried.bundle());
          node.put(SHARE, tried.share());
          node.put(SHADOW, tried.shadow());
        });
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void put(ObjectNode node, BundleName bundle) {
    node.put(BUNDLE, bundle.folder()).put(VERSION, bundle.version());
    if (!bundle.sha256().isEmpty()) {
      node.put(SHA256, bundle.sha256());
    }
  }

  /** As {@code en to fr: en-fr-1.4.1 (1.4.1), candidate en-fr-1.5.0 (1.5.0), share 0.05}. */
  @Override
  public String toString() {
    return pair
        + ": "
        + serving.map(BundleName::toString).orElse("the configured model")
        + candidate
            .map(
                tried ->
                    ", candidate %s, share %s%s"
                        .formatted(tried.bundle(), tried.share(), tried.shadow() ? ", shadow" : ""))
            .orElse("");
  }
}
