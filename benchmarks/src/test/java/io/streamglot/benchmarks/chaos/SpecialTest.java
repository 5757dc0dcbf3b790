package io.streamglot.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.schemas.AvroSerdes;
import io.streamglot.schemas.FailureReason;
import io.streamglot.schemas.SourceText;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpecialTest {

  private static final SourceText GOOD =
      new SourceText(
          "k17-42",
          "How are you?",
          "en",
          List.of("fr"),
          Instant.EPOCH,
          Map.of(Workload.CHECKSUM, "1a2b3c4d"),
          List.of());

  @Test
  void thirtyKindsAreBad() {
    assertThat(Special.badKinds()).isGreaterThanOrEqualTo(30);
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatCannotBeDecodedIsUndecodable(Special special) {
    byte[] value = special.value(GOOD);

    if (special.reason().equals(Optional.of(FailureReason.UNDECODABLE))) {
      assertThatThrownBy(() -> AvroSerdes.sourceText().deserialize(null, value))
          .isInstanceOf(SerializationException.class);
    } else if (value != null) {
      assertThat(AvroSerdes.sourceText().deserialize(null, value).getMessageId())
          .isEqualTo(GOOD.getMessageId());
    }
  }

  @Test
  void eachKindIsAnother() {
    List<String> values =
        Arrays.stream(Special.values())
            .map(special -> Arrays.toString(special.value(GOOD)))
            .toList();

    assertThat(values).doesNotHaveDuplicates();
  }
}
