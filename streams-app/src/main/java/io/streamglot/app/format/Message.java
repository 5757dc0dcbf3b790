package io.streamglot.app.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamglot.schemas.SourceText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A source record that was read, whatever its format.
 *
 * @param text what it says, with what headers and configuration add
 * @param others fields of a JSON object that are not those of a {@link SourceText}, in their order;
 *     empty for other formats
 */
public record Message(SourceText text, Map<String, JsonNode> others) {

  /** Copies the fields. */
  public Message {
    others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
  }
}
