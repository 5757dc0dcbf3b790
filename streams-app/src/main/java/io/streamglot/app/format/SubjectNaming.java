package io.streamglot.app.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Under which subject the schema of a record's value is registered, as Confluent's serializers name
 * them.
 */
public enum SubjectNaming {
  /** {@code TOPIC-value}: one kind of record on a topic. */
  TOPIC {
    @Override
    String subject(String topic, String record) {
      return topic + "-value";
    }
  },
  /** The record's full name: one schema for it on all topics. */
  RECORD {
    @Override
    String subject(String topic, String record) {
      return record;
    }
  },
  /** {@code TOPIC-RECORD}: several kinds of records on a topic. */
  TOPIC_RECORD {
    @Override
    String subject(String topic, String record) {
      return topic + "-" + record;
    }
  };

  /** What a name of one has to be, in words. */
  public static final String EXPECTED =
      Arrays.stream(values()).map(SubjectNaming::toString).collect(Collectors.joining(", "));

  /**
   * The subject.
   *
   * @param record the full name of the Avro record
   */
  abstract String subject(String topic, String record);

  /** The strategy of a name; empty if there is none. */
  public static Optional<SubjectNaming> parse(String name) {
    return Arrays.stream(values()).filter(naming -> naming.toString().equals(name)).findFirst();
  }

  /** Its name in a configuration, such as {@code topic-record}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
