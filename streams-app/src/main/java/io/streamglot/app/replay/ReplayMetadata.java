package io.streamglot.app.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.streamglot.app.format.ValueFormat;
import io.streamglot.app.recording.RecordingMetadata;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What a recording that a replay wrote says of itself. */
public final class ReplayMetadata {
  private static final JsonMapper JSON = new JsonMapper();

  private ReplayMetadata() {}

  /**
   * By the names of {@link RecordingMetadata}.
   *
   * @param source what was replayed says of itself
   * @param bundles that translated
   * @param beam another than the bundles' own; empty for that
   * @param threads that translated, from 1
   */
  public static Map<String, String> of(
      Map<String, String> source, List<ModelBundle> bundles, OptionalInt beam, int threads) {
    var metadata = new TreeMap<>(source);
    metadata.put(RecordingMetadata.REPLAYED, "true");
    metadata.put(RecordingMetadata.FORMAT, ValueFormat.AVRO.toString());
    metadata.put(RecordingMetadata.BUNDLES, json(bundles));
    metadata.put(
        RecordingMetadata.SEARCH,
        "beam %s, threads %d"
            .formatted(beam.isEmpty() ? "of the bundle" : beam.getAsInt(), threads));
    return metadata;
  }

  private static String json(List<ModelBundle> bundles) {
    var described = new ArrayList<Map<String, String>>();
    for (ModelBundle bundle : bundles) {
      var one = new LinkedHashMap<String, String>();
      one.put("name", bundle.manifest().name());
      one.put("version", bundle.manifest().version());
      one.put("sha256", bundle.sha256());
      described.add(one);
    }
    try {
      return JSON.writeValueAsString(described);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
