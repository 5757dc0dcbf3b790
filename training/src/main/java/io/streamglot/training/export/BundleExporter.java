package io.streamglot.training.export;

import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.TeacherForcing;
import io.streamglot.translator.bundle.BundleManifest;
import io.streamglot.translator.bundle.BundleManifest.Limits;
import io.streamglot.translator.bundle.BundleWriter;
import io.streamglot.translator.bundle.ModelBundle;
import io.streamglot.translator.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a trained model as the bundle that serving opens. */
public final class BundleExporter {

  private final ModelConfig config;
  private final List<ModelWeights> members;
  private final Path tokenizer;
  private final ModelDescription description;
  private final GraphForm form;

  /**
   * Says what goes into the bundle; nothing is read or written yet.
   *
   * @param config sizes of the model
   * @param members its parameters, or those of several models that decide together
   * @param tokenizer the {@code tokenizer.json} that it was trained with; it is copied
   * @param description what else the manifest says
   * @param form of the published bundle
   */
  public BundleExporter(
      ModelConfig config,
      List<ModelWeights> members,
      Path tokenizer,
      ModelDescription description,
      GraphForm form) {
    this.config = config;
    this.members = List.copyOf(members);
    this.tokenizer = tokenizer;
    this.description = description;
    this.form = form;
  }

  /**
   * A bundle that was held to its model.
   *
   * @param bundle the published bundle
   * @param parity on how much it was compared
   */
  public record Exported(ModelBundle bundle, ParityCheck.Report parity) {}

  /**
   * Writes the bundle, compares it with the model, and publishes it only if they agree. Where its
   * form is not exact, what is compared is the same model in the exact form.
   *
   * @param target where the bundle shall be; absent, an empty folder, or a bundle to replace
   * @param model what the weights were taken from
   * @param sentences real text of the source language, of which {@link ParityCheck} takes some
   * @throws ParityException if the bundle differs from the model; the target is as it was
   * @throws IOException if a file cannot be read or written, or the tokenizer does not belong to
   *     the model; the target is as it was
   */
  public Exported export(Path target, TeacherForcing model, List<String> sentences)
      throws IOException, ParityException {
    try (Workspace workspace = Workspace.besides(target)) {
      ModelBundle exact = writeTo(workspace, GraphForm.EXACT);
      ParityCheck.Report parity = ParityCheck.compare(exact, model, sentences);
      return new Exported(
          publish(form.isExact() ? exact : writeTo(workspace, form), target), parity);
    }
  }

  /**
   * Writes the bundle and does not compare it: for the measurements on development data while
   * training goes on. What is to be served goes through {@link #export}.
   *
   * @param target as for {@link #export}
   * @throws IOException as for {@link #export}
   */
  public ModelBundle exportUnchecked(Path target) throws IOException {
    try (Workspace workspace = Workspace.besides(target)) {
      return publish(writeTo(workspace, form), target);
    }
  }

  private ModelBundle writeTo(Workspace workspace, GraphForm form) throws IOException {
    Limits limits = limits();
    Path files = Files.createTempDirectory(workspace.folder(), "files-");
    Files.write(
        files.resolve(ModelBundle.MODEL),
        BeamSearchGraph.build(config, members, form, limits.startId(), limits.endId())
            .toByteArray());
    Files.copy(tokenizer, files.resolve(ModelBundle.TOKENIZER));
    Files.writeString(files.resolve(ModelBundle.MODEL_CARD), description.modelCard());
    Files.writeString(files.resolve(ModelBundle.RECIPE), description.recipe());
    Path candidate = Files.createTempDirectory(workspace.folder(), "candidate-");
    return BundleWriter.publish(files, manifest(limits, form), candidate);
  }

  private static ModelBundle publish(ModelBundle candidate, Path target) throws IOException {
    return BundleWriter.publish(candidate.folder(), candidate.manifest(), target);
  }

  private Limits limits() throws IOException {
    try (Tokenizer opened = Tokenizer.open(tokenizer)) {
      if (opened.vocabularySize() != config.vocabularySize()) {
        throw new IOException(
            "%s: vocabulary size: expected %d (the model's), actual %d"
                .formatted(tokenizer, config.vocabularySize(), opened.vocabularySize()));
      }
      return new Limits(
          config.vocabularySize(),
          description.maxSourceLength(),
          opened.idOf(Tokenizer.START),
          opened.idOf(Tokenizer.END),
          opened.idOf(Tokenizer.PAD));
    }
  }

  private BundleManifest manifest(Limits limits, GraphForm form) {
    Map<String, String> architecture =
        new LinkedHashMap<>(new Architecture(config, members.size()).properties());
    architecture.putAll(form.properties());
    return new BundleManifest(
        ModelBundle.FORMAT_VERSION,
        description.name(),
        description.version(),
        description.sourceLanguage(),
        description.targetLanguage(),
        architecture,
        limits,
        description.search(),
        Map.of(),
        description.training(),
        description.evaluation(),
        description.license());
  }

  /** A folder on the file system of the target, gone in the end whatever happens. */
  private record Workspace(Path folder) implements AutoCloseable {

    static Workspace besides(Path target) throws IOException {
      Path destination = target.toAbsolutePath().normalize();
      Path parent = Files.createDirectories(destination.getParent());
      return new Workspace(
          Files.createTempDirectory(parent, "." + destination.getFileName() + "-staging-"));
    }

    @Override
    public void close() throws IOException {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
