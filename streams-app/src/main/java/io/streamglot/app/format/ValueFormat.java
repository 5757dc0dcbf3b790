package io.streamglot.app.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the value of a record is written. */
public enum ValueFormat {
  /** Avro single-object encoding: {@code C3 01}, a fingerprint of the schema, the record. */
  AVRO,
  /** The wire format of Confluent's registry: a zero byte, a schema's id of 4 bytes, the record. */
  AVRO_REGISTRY,
  /** A JSON object with the fields of the Avro schema, and any others. */
  JSON,
  /** The text itself, in UTF-8; all else is in headers. */
  TEXT;

  /** What a name of one has to be, in words. */
  public static final String EXPECTED =
      Arrays.stream(values()).map(ValueFormat::toString).collect(Collectors.joining(", "));

  /** Whether a schema registry is needed to read and write it. */
  public boolean needsRegistry() {
    return this == AVRO_REGISTRY;
  }

  /** The format of a name; empty if there is none. */
  public static Optional<ValueFormat> parse(String name) {
    return Arrays.stream(values()).filter(format -> format.toString().equals(name)).findFirst();
  }

  /** Its name in a configuration, such as {@code avro-registry}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
