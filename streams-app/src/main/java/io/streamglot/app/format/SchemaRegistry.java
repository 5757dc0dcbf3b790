package io.streamglot.app.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Knows the schemas of a registry. What the registry has said once holds for ever, and is not asked
 * again.
 *
 * <p>Two schemas are the same where Avro's Parsing Canonical Form is: then bytes that were written
 * with one can be read with the other, whatever documentation, defaults and properties each has.
 * The registry's own search is no help: Confluent's compares documentation and properties too.
 *
 * <p>Thread-safe.
 *
 * @see <a
 *     href="https://avro.apache.org/docs/1.12.0/specification/#parsing-canonical-form-for-schemas">Avro
 *     specification, Parsing Canonical Form</a>
 */
final class SchemaRegistry {

  /** What the API says of an id; any other 404 is of another server, or another path. */
  private static final int SCHEMA_NOT_FOUND = 40403;

  /** What it says of a subject. */
  private static final int SUBJECT_NOT_FOUND = 40401;

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
   * The id of a schema under its subject: of the newest version that is the same. Where there is
   * none, it is registered, if the settings say so.
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
    try {
      return avro(answer.body());
    } catch (AvroRuntimeException e) {
      throw refused(id, e.getMessage());
    }
  }

  private int askForId(String subject, Schema schema) {
    var path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions";
    var versions = versions(subject, path);
    var form = SchemaNormalization.toParsingForm(schema);
    for (int i = versions.size() - 1; i >= 0; i--) {
      var answer = api.get(path + "/" + versions.get(i).asText());
      if (!answer.isOk()) {
        throw failed(subject, "its version " + versions.get(i).asText(), answer.problem());
      }
      if (isOfForm(form, answer.body())) {
        return id(subject, answer);
      }
    }
    if (settings.autoRegister()) {
      return register(subject, path, schema);
    }
    throw failed(
        subject,
        "the schema of %s, which may not be registered from here".formatted(schema.getFullName()),
        versions.isEmpty() ? "none" : "others: versions " + versions);
  }

  /** Numbers of versions, oldest first; none where there is no such subject. */
  private JsonNode versions(String subject, String path) {
    var answer = api.get(path);
    if (answer.errorCode() == SUBJECT_NOT_FOUND) {
      return JSON.createArrayNode();
    }
    if (!answer.isOk() || !answer.body().isArray()) {
      throw failed(subject, "its versions", answer.problem());
    }
    return answer.body();
  }

  private int register(String subject, String path, Schema schema) {
    var body = JSON.createObjectNode().put("schema", schema.toString()).toString();
    var answer = api.post(path, body);
    if (!answer.isOk()) {
      throw failed(subject, "to register the schema of " + schema.getFullName(), answer.problem());
    }
    return id(subject, answer);
  }

  private int id(String subject, RegistryApi.Answer answer) {
    var id = answer.body().path("id");
    if (!id.canConvertToInt()) {
      throw failed(subject, "the id of a schema", "none in the answer");
    }
    return id.intValue();
  }

  private static boolean isOfForm(String form, JsonNode body) {
    try {
      return SchemaNormalization.toParsingForm(avro(body)).equals(form);
    } catch (AvroRuntimeException e) {
      return false;
    }
  }

  /**
   * Throws an {@link AvroRuntimeException} that says what it is, if no schema that stands alone.
   */
  private static Schema avro(JsonNode body) {
    var type = body.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO") || !body.path("references").isEmpty()) {
      throw new SchemaParseException(type.equals("AVRO") ? "one with references to others" : type);
    }
    // Old schemas may have defaults that are none, which a writer's schema has no use for.
    return new Schema.Parser().setValidateDefaults(false).parse(body.path("schema").asText());
  }

  private RegistryException failed(String subject, String expected, String actual) {
    return new RegistryException(
        "schema registry %s, subject %s: expected %s, actual %s"
            .formatted(settings, subject, expected, actual));
  }

  private SerializationException refused(int id, String actual) {
    return new SerializationException(
        "schema registry %s, id %s: expected an Avro schema, actual %s"
            .formatted(settings, id, actual));
  }
}
