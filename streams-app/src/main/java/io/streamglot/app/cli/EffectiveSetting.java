package io.streamglot.app.cli;

/**
 * A setting as {@code run} would have it.
 *
 * @param key its name in the properties file
 * @param value as anybody may see it
 * @param origin where it comes from: {@code file}, the name of an environment variable, {@code
 *     preset NAME} or {@code default}
 * @param expected what a value has to be, in words
 */
record EffectiveSetting(String key, String value, String origin, String expected) {}
