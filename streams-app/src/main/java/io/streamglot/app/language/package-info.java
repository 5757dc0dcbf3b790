/**
 * Languages: their tags, and which one a text is in.
 *
 * <p>A tag is BCP 47. How tags of records meet tags of models is the lookup of RFC 4647, section
 * 3.4: {@code zh-Hant-TW} finds {@code zh-Hant}, then {@code zh}.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>Detection knows languages by ISO 639-3 code, so {@code en-GB} and {@code en} are one to it,
 *       and some languages have a code of their own there ({@code zh} is {@code cmn}).
 *   <li>Its figures are no probabilities: of a short text all lie close together.
 *   <li>That a text is in none of the languages is no lack of confidence: the next of ours may lie
 *       far behind the best of them, and both far behind the language that it is in.
 * </ul>
 */
package io.streamglot.app.language;
