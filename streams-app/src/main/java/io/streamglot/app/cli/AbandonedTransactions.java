package io.streamglot.app.cli;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeStreamsGroupsOptions;
import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.StreamsGroupMemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions that are open though their instance is no member of the group any more: it was
 * killed, or expelled. Kafka would abort them after their timeout; until then committed records
 * behind them cannot be read.
 *
 * <p>Kafka Streams names transactions and, unless {@code client.id} is set, the clients of an
 * instance after its process, which has an id of its own: {@code APPLICATION-PROCESS-THREAD} and
 * {@code APPLICATION-PROCESS-StreamThread-THREAD-consumer}. For one thread.
 */
final class AbandonedTransactions {
  private static final Logger LOG = LoggerFactory.getLogger(AbandonedTransactions.class);

  private static final String PROCESS = "-(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})-";

  private final Admin admin;
  private final String application;
  private final boolean streamsProtocol;
  private final String ownProcess;
  private final int limitMs;
  private final Pattern transactionalId;
  private final Pattern clientId;

  /**
   * Uses the client, and leaves closing it to others.
   *
   * @param application {@code application.id}, which is the name of the group too
   * @param streamsProtocol whether the group is one of {@code group.protocol=streams}
   * @param ownProcess whose transactions are never touched
   * @param limit how long each answer may take
   */
  AbandonedTransactions(
      Admin admin, String application, boolean streamsProtocol, String ownProcess, Duration limit) {
    this.admin = admin;
    this.application = application;
    this.streamsProtocol = streamsProtocol;
    this.ownProcess = ownProcess;
    this.limitMs = (int) limit.toMillis();
    transactionalId = Pattern.compile(Pattern.quote(application) + PROCESS + "\\d+");
    clientId = Pattern.compile(Pattern.quote(application) + PROCESS + "StreamThread-\\d+-consumer");
  }

  /** The members do not tell of which process they are. */
  static final class UnknownProcessException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownProcessException(String member) {
      super(
          "expected members without client.id and group.instance.id, actual '%s'"
              .formatted(member));
    }
  }

  /**
   * Aborts them, and sees to it that their instances, should they live, write no more.
   *
   * @throws ExecutionException with what Kafka answered, a {@code TimeoutException} where it did
   *     not in time
   * @throws UnknownProcessException if there are open transactions and it cannot be told whose;
   *     then none is touched
   */
  void fence() throws ExecutionException, UnknownProcessException, InterruptedException {
    // Transactions first: who opened one by now was a member before.
    Map<String, String> open = openOfOthers();
    if (open.isEmpty()) {
      return;
    }
    Set<String> members = streamsProtocol ? streamsMembers() : classicMembers();
    for (Map.Entry<String, String> transaction : open.entrySet()) {
      if (!members.contains(transaction.getValue())) {
        admin
            .fenceProducers(
                List.of(transaction.getKey()), new FenceProducersOptions().timeoutMs(limitMs))
            .all()
            .get();
        LOG.info(
            "fenced the open transaction of an instance that is gone: {}", transaction.getKey());
      }
    }
  }

  /** The process of each transactional id whose transaction is open. */
  private Map<String, String> openOfOthers() throws ExecutionException, InterruptedException {
    Collection<TransactionListing> open =
        admin
            .listTransactions(
                new ListTransactionsOptions()
                    .filterStates(List.of(TransactionState.ONGOING))
                    .timeoutMs(limitMs))
            .all()
            .get();
    Map<String, String> processes = new HashMap<>();
    for (TransactionListing transaction : open) {
      Matcher id = transactionalId.matcher(transaction.transactionalId());
      if (id.matches() && !id.group(1).equals(ownProcess)) {
        processes.put(transaction.transactionalId(), id.group(1));
      }
    }
    return processes;
  }

  private Set<String> classicMembers()
      throws ExecutionException, UnknownProcessException, InterruptedException {
    Set<String> processes = new HashSet<>();
    for (MemberDescription member :
        admin
            .describeConsumerGroups(
                List.of(application), new DescribeConsumerGroupsOptions().timeoutMs(limitMs))
            .describedGroups()
            .get(application)
            .get()
            .members()) {
      Matcher id = clientId.matcher(member.clientId());
      // A static member keeps the client id that it had in its first life.
      if (member.groupInstanceId().isPresent() || !id.matches()) {
        throw new UnknownProcessException(member.clientId());
      }
      processes.add(id.group(1));
    }
    return processes;
  }

  private Set<String> streamsMembers() throws ExecutionException, InterruptedException {
    Set<String> processes = new HashSet<>();
    for (StreamsGroupMemberDescription member :
        admin
            .describeStreamsGroups(
                List.of(application), new DescribeStreamsGroupsOptions().timeoutMs(limitMs))
            .describedGroups()
            .get(application)
            .get()
            .members()) {
      processes.add(member.processId());
    }
    return processes;
  }
}
