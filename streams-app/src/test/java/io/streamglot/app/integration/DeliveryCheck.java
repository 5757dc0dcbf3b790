package io.streamglot.app.integration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what came out with what went in: each message once, in order by key. */
final class DeliveryCheck {

  private DeliveryCheck() {}

  /** A message as it was sent or received. */
  record Message(String key, String id) {}

  /**
   * What is wrong, one line each; empty if every sent message was received once and the messages of
   * each key in the order they were sent.
   */
  static List<String> violations(List<Message> sent, List<Message> received) {
    var violations = new ArrayList<String>();
    var seen = new HashSet<Message>();
    for (var message : received) {
      if (!seen.add(message)) {
        violations.add("doubled: " + message);
      }
    }
    for (var message : sent) {
      if (!seen.contains(message)) {
        violations.add("lost: " + message);
      }
    }
    var known = new HashSet<>(sent);
    seen.stream()
        .filter(message -> !known.contains(message))
        .forEach(message -> violations.add("never sent: " + message));
    var receivedByKey = byKey(received);
    byKey(sent)
        .forEach(
            (key, ids) -> {
              // Of what was received, the sent order; loss and doubling are reported above.
              var expected = new ArrayList<>(ids);
              var actual = new ArrayList<>(receivedByKey.getOrDefault(key, List.of()));
              expected.retainAll(new HashSet<>(actual));
              actual.retainAll(new HashSet<>(ids));
              var distinct = actual.stream().distinct().toList();
              if (!distinct.equals(expected)) {
                violations.add("out of order: key " + key + ": " + distinct);
              }
            });
    return violations;
  }

  private static Map<String, List<String>> byKey(List<Message> messages) {
    var byKey = new LinkedHashMap<String, List<String>>();
    for (var message : messages) {
      byKey.computeIfAbsent(message.key(), key -> new ArrayList<>()).add(message.id());
    }
    return byKey;
  }
}
