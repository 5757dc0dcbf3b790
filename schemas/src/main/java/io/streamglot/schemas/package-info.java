/**
 * The records on the topics: Avro schemas (in {@code src/main/avro}), the classes generated from
 * them, and their serdes.
 *
 * <p>On the wire a record is in Avro single-object encoding, which carries a fingerprint of the
 * schema that it was written with; no schema registry is needed. A reader must know that schema:
 * {@link io.streamglot.schemas.AvroSerdes} registers every released one.
 *
 * <p>To change a schema: add fields with a default only, add enum symbols at the end, remove or
 * rename nothing; copy all schemas into a new folder under {@code frozen} when the change is
 * released, and name it in {@code AvroSerdes}. Tests hold all of that.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>A reader that is older than the writer does not know the new fingerprint: update consumers
 *       before producers.
 *   <li>Documentation and defaults are not part of the fingerprint; names, types and order are.
 *   <li>Copy a generated record by its constructor: {@code newBuilder(other)} copies enums by
 *       loading classes by name, which Avro 1.12.2 refuses.
 *   <li>A lone surrogate in a Java string is written by Avro as a question mark.
 * </ul>
 */
package io.streamglot.schemas;
