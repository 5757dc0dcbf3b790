package io.streamglot.app.format;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Knows the schemas of a registry. What the registry has said once holds for ever, and is not asked
 * again. Thread-safe.
 */
final class SchemaRegistry {

  /** What the API says of an id; any other 404 is of another server, or another path. */
  private static final int SCHEMA_NOT_FOUND = 40403;

  private static final JsonMapper JSON = new JsonMapper();

  private final RegistrySettings settings;
  private final RegistryApi api;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<String, Integer> ids = new ConcurrentHashMap<>();

  SchemaRegistry(RegistrySettings settings) {
    this(settings, RegistryApi.PATIENCE);
  }

  /**
   * Nothing is known yet.
   *
   * @param patience how long to ask again where there is no answer
   */
  SchemaRegistry(RegistrySettings settings, Duration patience) {
    this.settings = settings;
    this.api = new RegistryApi(settings, patience);
  }

  /**
   * The schema of an id.
   *
   * @throws SerializationException if there is none, or it is no Avro schema that stands alone
   * @throws RegistryException if the registry cannot be asked
   */
  Schema schema(int id) {
    var known = schemas.get(id);
    if (known == null) {
      known = askForSchema(id);
      schemas.put(id, known);
    }
    return known;
  }

  /**
   * The id of a schema under its subject; registers it, if the settings say so.
   *
   * @param topic of the records
   * @throws RegistryException if the registry lacks the schema, refuses it or cannot be asked
   */
  int id(String topic, Schema schema) {
    var subject = settings.naming().subject(topic, schema.getFullName());
    var known = ids.get(subject);
    if (known == null) {
      known = askForId(subject, schema);
      ids.put(subject, known);
    }
    return known;
  }

  private Schema askForSchema(int id) {
    var answer = api.get("/schemas/ids/" + id);
    if (answer.errorCode() == SCHEMA_NOT_FOUND) {
      throw refused(id, answer.problem());
    }
    if (!answer.isOk()) {
      throw new RegistryException(
          "schema registry %s: expected the schema of id %s, actual %s"
              .formatted(settings, id, answer.problem()));
    }
    var body = answer.body();
    var type = body.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO") || !body.path("references").isEmpty()) {
      throw refused(id, type.equals("AVRO") ? "one with references to others" : type);
    }
    try {
      // Old schemas may have defaults that are none, which a writer's schema has no use for.
      return new Schema.Parser().setValidateDefaults(false).parse(body.path("schema").asText());
    } catch (AvroRuntimeException e) {
      throw refused(id, e.getMessage());
    }
  }

  private int askForId(String subject, Schema schema) {
    var path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8);
    var body = JSON.createObjectNode().put("schema", schema.toString()).toString();
    var answer = api.post(settings.autoRegister() ? path + "/versions" : path, body);
    var id = answer.body().path("id");
    if (!answer.isOk() || !id.canConvertToInt()) {
      throw new RegistryException(
          "schema registry %s, subject %s: expected %s, actual %s"
              .formatted(
                  settings,
                  subject,
                  settings.autoRegister()
                      ? "to register the schema of " + schema.getFullName()
                      : "the schema of %s, which may not be registered from here"
                          .formatted(schema.getFullName()),
                  answer.problem()));
    }
    return id.intValue();
  }

  private SerializationException refused(int id, String actual) {
    return new SerializationException(
        "schema registry %s, id %s: expected an Avro schema, actual %s"
            .formatted(settings, id, actual));
  }
}
