/**
 * What a change of model, settings or version does to the translations of the same messages.
 *
 * <p>{@link io.streamglot.app.compare.RecordedOutcomes} reads each side, {@code OutcomeMatcher}
 * finds what belongs together, {@link io.streamglot.app.compare.Comparer} makes a {@link
 * io.streamglot.app.compare.Comparison} of it, {@link io.streamglot.app.compare.Gate} decides, and
 * {@link io.streamglot.app.compare.ComparisonTable}, {@link
 * io.streamglot.app.compare.ComparisonJson} and {@link io.streamglot.app.compare.ComparisonPage}
 * show it. In the code as in the tables the sides are OLD and NEW; {@code new} being a word of
 * Java, NEW's is the {@code candidate}.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>NEW against OLD measures how much changed, not what is better: that takes references.
 *   <li>Scores of a model compare only within one version of it.
 *   <li>The time in a replayed translation is that of its source record: it tells no latency.
 *   <li>Texts are of users: nothing of them may act on a terminal or in a page. {@code ShownText}
 *       is the only way out.
 * </ul>
 */
package io.streamglot.app.compare;
