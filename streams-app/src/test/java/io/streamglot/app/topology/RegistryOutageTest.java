package io.streamglot.app.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.streamglot.app.format.Formats;
import io.streamglot.app.format.RegistryException;
import io.streamglot.app.format.RegistrySettings;
import io.streamglot.app.format.SubjectNaming;
import io.streamglot.app.format.ValueFormat;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;

class RegistryOutageTest {

  private static final byte[] OF_SCHEMA_7 = {0, 0, 0, 0, 7, 2, 'm'};

  @Test
  void aRegistryThatRefusesFailsTheStreamAndNoRecord() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        request -> {
          request.sendResponseHeaders(401, -1);
          request.close();
        });
    server.start();
    var topology = TopologySettings.defaults().withFormats(formats(server));
    try (var driver =
        new TopologyTestDriver(
            TranslationTopology.build(
                topology, new Translators(List.of(new TestTranslator("en", "fr")))),
            StreamsDefaults.with(Map.of("bootstrap.servers", "none:9092")))) {
      var texts =
          driver.createInputTopic(
              topology.sourceTopic(), new ByteArraySerializer(), new ByteArraySerializer());

      assertThatThrownBy(
              () -> {
                texts.pipeInput(OF_SCHEMA_7);
                driver.advanceWallClockTime(Duration.ofSeconds(1));
              })
          .hasRootCauseInstanceOf(RegistryException.class)
          .rootCause()
          .hasMessageContaining("expected the schema of id 7, actual status 401");

      for (var topic : List.of(topology.translationsTopic(), topology.failuresTopic())) {
        assertThat(
                driver
                    .createOutputTopic(
                        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .isEmpty())
            .as(topic)
            .isTrue();
      }
    } finally {
      server.stop(0);
    }
  }

  private static Formats formats(HttpServer server) {
    var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new Formats(
        ValueFormat.AVRO_REGISTRY,
        ValueFormat.AVRO,
        List.of("fr"),
        Optional.of(
            new RegistrySettings(url, Optional.empty(), SubjectNaming.TOPIC, true, Map.of())));
  }
}
