package io.streamglot.app.format;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How values are written, and what holds where a record says nothing.
 *
 * @param source of the source topic
 * @param translations of the topic of translations
 * @param targets languages to translate into where neither header nor value names one, as BCP 47
 *     tags; may be empty
 * @param registry where schemas are kept; must be there if a format {@linkplain
 *     ValueFormat#needsRegistry needs one}
 */
public record Formats(
    ValueFormat source,
    ValueFormat translations,
    List<String> targets,
    Optional<RegistrySettings> registry) {

  /** Avro without a registry, and nothing in the place of what is not said. */
  public static final Formats AVRO =
      new Formats(ValueFormat.AVRO, ValueFormat.AVRO, List.of(), Optional.empty());

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no registry, and a format needs one
   */
  public Formats {
    targets = List.copyOf(targets);
    Objects.requireNonNull(source, "source");
    if (registry.isEmpty() && (source.needsRegistry() || translations.needsRegistry())) {
      throw new IllegalArgumentException(
          "registry: expected one, since a format is %s, actual none"
              .formatted(ValueFormat.AVRO_REGISTRY));
    }
  }
}
