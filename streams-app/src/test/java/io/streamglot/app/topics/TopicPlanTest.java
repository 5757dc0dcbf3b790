package io.streamglot.app.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicPlanTest {
  private static final AppTopics TOPICS = new AppTopics("texts", List.of("translated"), "failed");
  private static final String SEVEN_DAYS = "604800000";
  private static final String THIRTY_DAYS = "2592000000";

  @Test
  void topicsKeepEveryRecordForAWeekAndFailuresForAMonth() {
    TopicPlan plan = new TopicPlan(12, TopicPlan.DEFAULT_REPLICATION, Optional.empty());

    assertThat(plan.newTopic(TOPICS, "texts"))
        .isEqualTo(
            new NewTopic("texts", 12, (short) -1)
                .configs(
                    Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", SEVEN_DAYS,
                        "max.message.bytes", "1048588")));
    assertThat(plan.newTopic(TOPICS, "translated").configs())
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", SEVEN_DAYS)
        .containsEntry("max.message.bytes", "2097152");
    assertThat(plan.newTopic(TOPICS, "failed").configs())
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", THIRTY_DAYS)
        .containsEntry("max.message.bytes", "2097152");
  }

  @Test
  void aRetentionThatIsAskedForHoldsForAllThree() {
    TopicPlan plan = new TopicPlan(12, (short) 1, Optional.of(new Retention(5)));

    assertThat(TOPICS.names())
        .allSatisfy(
            name ->
                assertThat(plan.newTopic(TOPICS, name).configs())
                    .containsEntry("retention.ms", "5"));
  }

  @ParameterizedTest(name = "{1} of {0}")
  @CsvSource({"1, 1", "2, 1", "3, 2", "5, 2"})
  void ofThreeReplicasTwoMustBeInSync(short replicas, String inSync) {
    TopicPlan plan = new TopicPlan(12, replicas, Optional.empty());

    assertThat(plan.newTopic(TOPICS, "texts").configs())
        .containsEntry("min.insync.replicas", inSync);
  }
}
