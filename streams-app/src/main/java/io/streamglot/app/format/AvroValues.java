package io.streamglot.app.format;

import io.streamglot.schemas.AvroSerde;
import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.PendingRecord;
import io.streamglot.schemas.SourceText;
import java.util.Map;

/** Values in Avro single-object encoding. */
final class AvroValues implements ValueReader {

  private final AvroSerde<SourceText> sourceTexts = AvroSerdes.sourceText();

  @Override
  public Message read(PendingRecord record) {
    var bytes = new byte[record.getValue().remaining()];
    record.getValue().duplicate().get(bytes);
    return new Message(sourceTexts.deserialize(record.getTopic(), bytes), Map.of());
  }
}
