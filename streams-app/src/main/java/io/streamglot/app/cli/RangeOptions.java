package io.streamglot.app.cli;

import io.streamglot.app.recording.MessageFilter;
import io.streamglot.app.recording.RangeBound;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which messages of a topic, for the commands that read a range. */
final class RangeOptions {
  @Option(names = "--topic", paramLabel = "NAME", description = "Topic to read.")
  String topic;

  @Option(
      names = "--from",
      paramLabel = "BOUND",
      defaultValue = "earliest",
      description = "First message: " + RangeBound.EXPECTED + " (default: earliest).")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "BOUND",
      defaultValue = "latest",
      description = "Where to end, without what stands there; as --from (default: latest).")
  private String to;

  @Option(
      names = "--partitions",
      paramLabel = "LIST",
      converter = PartitionsConverter.class,
      description = "Only these partitions, such as 0,2-4.")
  private Set<Integer> partitions = Set.of();

  @Option(
      names = "--key",
      paramLabel = "GLOB",
      description = "Only messages with this key; * stands for any characters, ? for one.")
  private String key;

  @Option(
      names = "--header",
      paramLabel = "NAME=VALUE",
      description = "Only messages with this header; may be given again, all must fit.")
  private Map<String, String> headers = new LinkedHashMap<>();

  RangeBound from(Instant now) {
    return bound("--from", from, now);
  }

  RangeBound to(Instant now) {
    return bound("--to", to, now);
  }

  /** Empty for all of the topic. */
  Set<Integer> partitions() {
    return partitions;
  }

  MessageFilter filter() {
    return new MessageFilter(Optional.ofNullable(key), headers);
  }

  /** What was asked for, before Kafka was; equal for equal options. */
  String request() {
    return "from %s to %s, partitions %s"
        .formatted(from, to, partitions.isEmpty() ? "all" : partitions);
  }

  private static RangeBound bound(String option, String text, Instant now) {
    return RangeBound.parse(text, now)
        .orElseThrow(
            () ->
                new UserErrorException(
                    "%s: expected %s, actual '%s'".formatted(option, RangeBound.EXPECTED, text)));
  }

  private static final class PartitionsConverter implements ITypeConverter<Set<Integer>> {
    @Override
    public Set<Integer> convert(String text) {
      var numbers = new TreeSet<Integer>();
      for (String part : text.split(",", -1)) {
        if (!part.strip().matches("\\d{1,5}(-\\d{1,5})?")) {
          throw new TypeConversionException(
              "expected numbers and ranges such as 0,2-4, actual '%s'".formatted(text));
        }
        int dash = part.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? part.strip() : part.substring(0, dash).strip());
        int last = Integer.parseInt(part.substring(dash + 1).strip());
        for (int number = first; number <= last; number++) {
          numbers.add(number);
        }
      }
      return numbers;
    }
  }
}
