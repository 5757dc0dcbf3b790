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
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalInt;

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
      BundleManifest manifest = MAPPER.readValue(json, BundleManifest.class);
      if (manifest == null) {
        throw new BundleFormatException(ModelBundle.MANIFEST, "content", "a manifest", "null");
      }
      return manifest;
    } catch (ValueInstantiationException e) {
      throw refused(e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage(), e);
    } catch (JsonMappingException e) {
      throw refused(e.getOriginalMessage() + " at " + e.getPathReference(), e);
    } catch (JsonProcessingException e) {
      throw refused(e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw refused(e.getMessage(), e);
    }
  }

  private static BundleFormatException refused(String actual, Exception cause) {
    return new BundleFormatException(
        ModelBundle.MANIFEST,
        "content",
        "the manifest of a bundle of format version " + ModelBundle.FORMAT_VERSION,
        actual,
        cause);
  }
}
