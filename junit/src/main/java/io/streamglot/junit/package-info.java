/**
 * Golden tests of topics: a {@link io.streamglot.junit.ReplayTest} sends a recording through the
 * application and compares what comes out with an approved text file.
 *
 * <pre>{@code
 * class ChatTest {
 *
 *   @ReplayTest(recording = "src/test/resources/chat.avro", bundles = "models/en-fr")
 *   void chatIsTranslatedAsApproved(Replay replay) {
 *     assertThat(replay.failures()).isEmpty();
 *   }
 * }
 * }</pre>
 */
package io.streamglot.junit;
