package io.streamglot.junit;

import io.streamglot.app.format.Formats;
import io.streamglot.app.recording.Damage;
import io.streamglot.app.recording.RecordingException;
import io.streamglot.app.recording.RecordingReader;
import io.streamglot.app.topology.Translators;
import io.streamglot.schemas.RecordedMessage;
import io.streamglot.translator.Translator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What makes a {@link ReplayTest} one. */
final class ReplayExtension implements BeforeTestExecutionCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(ReplayExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Replay.class;
  }

  @Override
  public Replay resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return replay(context);
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    var test = test(context);
    var approved = test.approved().isEmpty() ? test.recording() + ".approved.txt" : test.approved();
    new Approval(Path.of(approved)).require(replay(context).text());
  }

  /** Once for each test, whoever asks first. */
  private static Replay replay(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Replay.class, key -> run(test(context), context), Replay.class);
  }

  private static ReplayTest test(ExtensionContext context) {
    return context.getRequiredTestMethod().getAnnotation(ReplayTest.class);
  }

  private static Replay run(ReplayTest test, ExtensionContext context) {
    var models =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(OpenModels.class, key -> new OpenModels(), OpenModels.class);
    List<Translator> translators =
        Arrays.stream(test.bundles()).map(folder -> models.get(Path.of(folder))).toList();
    if (translators.isEmpty()) {
      throw new ExtensionConfigurationException("bundles: expected at least one, actual none");
    }
    try (var recording = RecordingReader.open(Path.of(test.recording()), Damage.REFUSE)) {
      List<RecordedMessage> messages = new ArrayList<>();
      recording.forEachRemaining(messages::add);
      // Not closed: the models are open for others, too.
      return new ReplayedApplication(new Translators(translators), formats(test, recording))
          .replay(messages, test.on());
    } catch (RecordingException e) {
      // The line says it all; a cause would say it again.
      throw new ExtensionConfigurationException(e.getMessage());
    }
  }

  private static Formats formats(ReplayTest test, RecordingReader recording) {
    if (recording.format().needsRegistry()) {
      throw new ExtensionConfigurationException(
          "%s: expected values that need no registry, actual %s"
              .formatted(test.recording(), recording.format()));
    }
    return new Formats(
        recording.format(), Formats.AVRO.translations(), List.of(test.targets()), Optional.empty());
  }
}
