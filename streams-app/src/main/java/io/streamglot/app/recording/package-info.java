/**
 * Ranges of topics as files.
 *
 * <p>A recording is an Avro object container file of {@link io.streamglot.schemas.RecordedMessage},
 * so that any Avro tool reads it; {@link io.streamglot.app.recording.RecordingWriter} and {@link
 * io.streamglot.app.recording.RecordingReader} are what knows the file here. Why it is as it is:
 * docs/decisions/0022.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>A whole recording ends with a block of no records. Avro's readers pass over it; without it
 *       a file that was cut between two blocks would look whole.
 *   <li>The bytes of a {@code ByteBuffer} in a message are shared, not copied: read them through
 *       {@code duplicate()}.
 * </ul>
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#object-container-files">Avro
 *     specification, object container files</a>
 */
package io.streamglot.app.recording;
