package io.streamglot.benchmarks.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamglot.benchmarks.streaming.ThroughputMeasurement.Bare;
import io.streamglot.benchmarks.streaming.ThroughputMeasurement.Stream;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ThroughputMeasurementTest {

  @Test
  void whatIsLeftOfTheSpeedIsTheRatioOfTheMediansBesideThatOfEachRound() {
    ThroughputMeasurement measurement =
        new ThroughputMeasurement(100, bare(9, 10, 20), bare(9, 9, 9), streams(10, 12.5, 40));

    assertThat(measurement.ratio()).isCloseTo(0.8, within(1e-9));
    assertThat(measurement.ratios().range()).isEqualTo("0.500..0.900");
  }

  private static List<Bare> bare(double... seconds) {
    return DoubleStream.of(seconds).mapToObj(each -> new Bare(each, each, 2)).toList();
  }

  private static List<Stream> streams(double... seconds) {
    return DoubleStream.of(seconds)
        .mapToObj(each -> new Stream(each, each, each, each, 2))
        .toList();
  }
}
