package io.streamglot.junit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamglot.app.topology.TopologySettings;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.junit.jupiter.api.Test;

/** What becomes of an application that cannot go on. */
class BrokerRunTest {

  @Test
  void anApplicationThatStopsIsReportedWithItsCause() {
    var settings = TopologySettings.defaults();
    var builder = new StreamsBuilder();
    builder.stream(settings.sourceTopic(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .foreach(
            (key, value) -> {
              throw new IllegalArgumentException("no model today");
            });
    var run = new BrokerRun(builder.build(), settings);

    assertThatThrownBy(
            () -> run.run(List.of(new ProducerRecord<>(settings.sourceTopic(), new byte[1]))))
        .hasMessage("application: stopped by java.lang.IllegalArgumentException: no model today");
  }
}
