package io.streamglot.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that sends a recording through the application, compares what comes out with the approved
 * text file, and then runs its method, which may take the {@link Replay} as a parameter.
 *
 * <p>Where there is no approved file, or the system property {@value Approval#UPDATE} is {@code
 * true}, the file is written instead: look at it, and commit it. A file that did not exist fails
 * the test that wrote it, so that nothing is approved unseen.
 *
 * <p>Paths are relative to the folder in which the tests run. Models are opened once for all tests
 * that name them, and decode with one thread and without a cache.
 */
@Test
@ExtendWith(ReplayExtension.class)
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ReplayTest {

  /**
   * The recording, as {@code streamglot record} writes it; of values that need no schema registry.
   */
  String recording();

  /** Folders of the model bundles, one for each language pair; at least one. */
  String[] bundles();

  /** The approved file; unless given, the recording's with {@code .approved.txt} at its end. */
  String approved() default "";

  /** What the application runs on. */
  ReplayOn on() default ReplayOn.TOPOLOGY_TEST_DRIVER;

  /** Languages for texts that name none, as BCP 47 tags. */
  String[] targets() default {};
}
