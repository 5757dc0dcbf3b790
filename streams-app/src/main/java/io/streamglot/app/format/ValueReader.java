package io.streamglot.app.format;

import io.streamglot.schemas.PendingRecord;

/** Reads the values of one format. Thread-safe. */
interface ValueReader {

  /**
   * Reads a value, and nothing of the headers.
   *
   * @param record with a value
   * @throws org.apache.kafka.common.errors.SerializationException if it is not of the format
   * @throws RegistryException if it needs a registry, which cannot be asked
   */
  Message read(PendingRecord record);
}
