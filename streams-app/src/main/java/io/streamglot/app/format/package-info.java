/**
 * How records are written on the topics: Avro with or without a schema registry, JSON, or the text
 * alone.
 *
 * <p>{@link io.streamglot.app.format.MessageReader} makes a {@link
 * io.streamglot.app.format.Message} of a source record, {@link
 * io.streamglot.app.format.TranslationWriter} value and headers of a translation; {@link
 * io.streamglot.app.format.Formats} says which format each has.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>A header that is there twice counts once: the last.
 *   <li>JSON libraries take UTF-16, duplicate names and what follows the object, unless they are
 *       told not to, and round long numbers.
 *   <li>A registry that cannot be asked is no fault of the record: it is a {@link
 *       io.streamglot.app.format.RegistryException}, which fails the stream thread and loses
 *       nothing. An id that the registry does not know is one.
 * </ul>
 */
package io.streamglot.app.format;
