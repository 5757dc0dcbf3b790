package io.streamglot.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaDocumentationTest {

  @Test
  void everySchemaFieldAndEnumSymbolIsExplained() {
    var unexplained = new ArrayList<String>();
    SchemaEvolutionTest.CURRENT.forEach(schema -> walk(schema, unexplained));
    walk(RecordedMessage.getClassSchema(), unexplained);

    assertThat(unexplained).isEmpty();
  }

  @Test
  void theWalkFindsWhatIsNotExplained() {
    var undocumented =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "A", "doc": "A record.", "fields": [
                  {"name": "b", "doc": "A list.", "type": {"type": "array", "items":
                    {"type": "enum", "name": "C", "doc": "X: known.", "symbols": ["X", "Y"]}}},
                  {"name": "d", "type": ["null", {"type": "record", "name": "E", "fields": []}]}]}
                """);
    var unexplained = new ArrayList<String>();
    walk(undocumented, unexplained);

    assertThat(unexplained).containsExactly("C.Y", "A.d", "E");
  }

  private static void walk(Schema schema, List<String> unexplained) {
    switch (schema.getType()) {
      case RECORD -> {
        check(schema.getDoc(), schema.getName(), unexplained);
        for (var field : schema.getFields()) {
          check(field.doc(), schema.getName() + "." + field.name(), unexplained);
          walk(field.schema(), unexplained);
        }
      }
      case ENUM -> {
        check(schema.getDoc(), schema.getName(), unexplained);
        for (var symbol : schema.getEnumSymbols()) {
          // Avro has no place for the documentation of a symbol but that of its enum.
          if (!String.valueOf(schema.getDoc()).contains(symbol + ": ")) {
            unexplained.add(schema.getName() + "." + symbol);
          }
        }
      }
      case ARRAY -> walk(schema.getElementType(), unexplained);
      case MAP -> walk(schema.getValueType(), unexplained);
      case UNION -> schema.getTypes().forEach(branch -> walk(branch, unexplained));
      default -> {}
    }
  }

  private static void check(String doc, String what, List<String> unexplained) {
    if (doc == null || doc.isBlank()) {
      unexplained.add(what);
    }
  }
}
