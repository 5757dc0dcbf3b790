package io.streamglot.schemas;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;

/**
 * Finds the generated classes of one record type, and no others.
 *
 * <p>Avro 1.12.2 refuses to load a class by the name that a schema gives unless a setting of the
 * whole JVM allows it. Looking the classes up beforehand, next to the record's own class, needs no
 * such setting and is stricter: no name that arrives in data can load anything.
 */
final class GeneratedClasses extends SpecificData {

  private final Map<String, Class<?>> byName = new HashMap<>();

  GeneratedClasses(Class<?> type, Schema schema) {
    super(type.getClassLoader());
    addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    collect(type, schema);
  }

  @Override
  @SuppressWarnings("rawtypes") // as in the method that this overrides
  public Class getClass(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> byName.get(schema.getFullName());
      default -> super.getClass(schema);
    };
  }

  private void collect(Class<?> type, Schema schema) {
    switch (schema.getType()) {
      case RECORD -> {
        if (load(type, schema)) {
          schema.getFields().forEach(field -> collect(type, field.schema()));
        }
      }
      case ENUM, FIXED -> load(type, schema);
      case ARRAY -> collect(type, schema.getElementType());
      case MAP -> collect(type, schema.getValueType());
      case UNION -> schema.getTypes().forEach(branch -> collect(type, branch));
      default -> {}
    }
  }

  private boolean load(Class<?> type, Schema schema) {
    var name = schema.getFullName();
    if (byName.containsKey(name)) {
      return false;
    }
    try {
      byName.put(name, Class.forName(name, true, type.getClassLoader()));
      return true;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "%s: expected a generated class %s".formatted(type.getName(), name), e);
    }
  }
}
