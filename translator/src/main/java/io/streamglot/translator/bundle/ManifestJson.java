package io.streamglot.translator.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** A {@link BundleManifest} as the JSON of {@code bundle.json}, strictly. */
final class ManifestJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  /** Line ends of one kind, so that a manifest has the same bytes on every system. */
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

  private ManifestJson() {}

  static byte[] write(BundleManifest manifest) {
    ObjectWriter writer =
        MAPPER.writer(
            new DefaultPrettyPrinter()
                .withObjectIndenter(INDENTER)
                .withArrayIndenter(INDENTER)
                .withSeparators(
                    Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)));
    try {
      return (writer.writeValueAsString(manifest) + "\n").getBytes(UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A manifest cannot be written as JSON", e);
    }
  }

  /**
   * Format version of a manifest that may be of any version; empty where the bytes hold none.
   * Nothing else of the manifest is looked at.
   */
  static OptionalInt formatVersion(byte[] json) {
    try {
      JsonNode version = MAPPER.readTree(json).path("formatVersion");
      return version.isInt() ? OptionalInt.of(version.intValue()) : OptionalInt.empty();
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  static BundleManifest read(byte[] json) throws BundleFormatException {
    try {
      BundleManifest manifest =
          MAPPER.treeToValue(withDefaults(MAPPER.readTree(json)), BundleManifest.class);
      if (manifest == null) {
        throw new BundleFormatException(ModelBundle.MANIFEST, "content", "a manifest", "null");
      }
      return manifest;
    } catch (ValueInstantiationException e) {
      // The records say themselves what they refuse.
      throw new BundleFormatException(
          ModelBundle.MANIFEST, e.getCause() == null ? "content" : e.getCause().getMessage(), e);
    } catch (UnrecognizedPropertyException e) {
      throw refused(path(e), "one of " + e.getKnownPropertyIds(), "an unknown property", e);
    } catch (MismatchedInputException e) {
      throw refused(path(e), e.getTargetType().getSimpleName(), firstClause(e), e);
    } catch (JsonProcessingException e) {
      throw refused("content", "JSON", firstClause(e), e);
    } catch (IOException e) {
      throw refused("content", "readable", e.getMessage(), e);
    }
  }

  /** What this format version has gained since it was first written. */
  private static JsonNode withDefaults(JsonNode manifest) {
    if (manifest.path("search") instanceof ObjectNode search && !search.has("pruning")) {
      search.put("pruning", 0f);
    }
    return manifest;
  }

  /** The property as a reader of the file would look for it, such as {@code limits.endId}. */
  private static String path(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "content" : path;
  }

  /** Jackson goes on with hints for programmers after the first clause. */
  private static String firstClause(JsonProcessingException e) {
    return e.getOriginalMessage().split("[;(]|\\R", 2)[0].strip();
  }

  private static BundleFormatException refused(
      String what, String expected, String actual, Exception cause) {
    return new BundleFormatException(ModelBundle.MANIFEST, what, expected, actual, cause);
  }
}
