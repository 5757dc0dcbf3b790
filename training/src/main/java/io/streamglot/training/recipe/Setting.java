package io.streamglot.training.recipe;

import static io.streamglot.training.model.ModelConfig.MAX_DECODER_LAYERS;
import static io.streamglot.training.model.ModelConfig.MAX_ENCODER_LAYERS;
import static io.streamglot.training.model.ModelConfig.MAX_SIZE;
import static io.streamglot.training.model.ModelConfig.MAX_VOCABULARY_SIZE;
import static io.streamglot.training.recipe.SettingType.choice;
import static io.streamglot.training.recipe.SettingType.files;
import static io.streamglot.training.recipe.SettingType.language;
import static io.streamglot.training.recipe.SettingType.line;
import static io.streamglot.training.recipe.SettingType.number;
import static io.streamglot.training.recipe.SettingType.seed;
import static io.streamglot.training.recipe.SettingType.share;
import static io.streamglot.training.recipe.SettingType.text;
import static io.streamglot.training.recipe.SettingType.truth;
import static io.streamglot.training.recipe.SettingType.whole;
import static io.streamglot.translator.bundle.SearchOptions.MAX_BEAM_SIZE;

import io.streamglot.training.corpus.PlaceholderCopies;
import io.streamglot.training.export.GraphPrecision;
import io.streamglot.training.export.GraphTarget;
import io.streamglot.training.model.CellType;
import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.Device;
import io.streamglot.training.model.Precision;
import io.streamglot.training.model.Tying;
import io.streamglot.training.tokenizer.Normalization;
import io.streamglot.training.train.Decay;
import java.util.Arrays;
import java.util.Optional;

/** What a recipe says, in the order in which it is written: key, flag, values and meaning. */
public enum Setting {
  NAME("name", "--name", line(), "name of the model, goes with every translation"),
  VERSION("version", "--model-version", line(), "its version, goes with every translation"),
  SOURCE("source", "--source", language(), "language that it reads, such as en"),
  TARGET("target", "--target", language(), "language that it writes, such as fr"),
  LICENSE("license", "--license", line(), "its licence, an SPDX identifier where there is one"),
  REDISTRIBUTABLE(
      "redistributable",
      "--redistributable",
      truth(),
      "whether the terms of the data let the model be given away"),

  TRAIN("data.train", "--train", files(), "pairs to learn from, plain or gzip"),
  DEV(
      "data.dev",
      "--dev",
      files(),
      "pairs to validate with; equal sources count as one with several references"),

  MAX_WORDS("filter.max-words", "--max-words", whole(1), "words of the longer side at most"),
  MAX_RATIO(
      "filter.max-ratio",
      "--max-ratio",
      number("at least 1", value -> value >= 1),
      "words of the longer side for each of the shorter at most"),
  DROP_DUPLICATES(
      "filter.drop-duplicates", "--drop-duplicates", truth(), "whether a pair counts only once"),
  MAX_TOKENS(
      "filter.max-tokens", "--max-tokens", whole(1), "tokens of a side at most, when served too"),

  NORMALIZATION(
      "tokenizer.normalization",
      "--normalization",
      choice(Normalization.class),
      "Unicode normal form of the text"),
  VOCABULARY(
      "tokenizer.vocabulary",
      "--vocabulary",
      whole(1, MAX_VOCABULARY_SIZE),
      "tokens of both languages together"),

  PLACEHOLDERS(
      "placeholders.count",
      "--placeholders",
      whole(0, PlaceholderCopies.MOST),
      "protected spans of a sentence that the model keeps in their places; 0 for none",
      "0"),
  PLACEHOLDER_SHARE(
      "placeholders.share",
      "--placeholder-share",
      share(),
      "share of the pairs that are learned once more with placeholders for spans",
      "0"),

  CELL("model.cell", "--cell", choice(CellType.class), "recurrent unit of all layers"),
  EMBEDDING("model.embedding", "--embedding", whole(1, MAX_SIZE), "units of a token's embedding"),
  TYING(
      "model.tying",
      "--tying",
      choice(Tying.class),
      "which of source embedding, target embedding and output are one"),
  ENCODER_SIZE(
      "model.encoder.size",
      "--encoder",
      whole(1, MAX_SIZE),
      "units of an encoder layer in a direction"),
  ENCODER_LAYERS(
      "model.encoder.layers", "--encoder-layers", whole(1, MAX_ENCODER_LAYERS), "encoder layers"),
  BIDIRECTIONAL(
      "model.encoder.bidirectional",
      "--bidirectional",
      truth(),
      "whether the encoder reads both ways"),
  DECODER_SIZE("model.decoder.size", "--decoder", whole(1, MAX_SIZE), "units of a decoder layer"),
  DECODER_LAYERS(
      "model.decoder.layers", "--decoder-layers", whole(1, MAX_DECODER_LAYERS), "decoder layers"),
  CONTEXT(
      "model.context", "--context", choice(ContextType.class), "how the decoder sees the source"),
  ATTENTION(
      "model.attention", "--attention", whole(1, MAX_SIZE), "hidden units of additive attention"),

  SEED("training.seed", "--seed", seed(), "decides all that is random"),
  MEMBERS(
      "training.members",
      "--members",
      whole(1, Recipe.MAX_MEMBERS),
      "models trained, each with the next seed, that decide together"),
  EPOCHS("training.epochs", "--epochs", whole(1, 10_000), "passes over the data at most"),
  BATCH_TOKENS(
      "training.batch-tokens",
      "--batch-tokens",
      whole(1),
      "padded tokens of the longer side of a batch at most"),
  LEARNING_RATE(
      "training.learning-rate",
      "--learning-rate",
      number("above 0, below 1", value -> value > 0 && value < 1),
      "highest learning rate"),
  WARMUP("training.warmup", "--warmup", whole(0), "steps of linear warm-up"),
  DECAY(
      "training.decay",
      "--decay",
      choice(Decay.class),
      "how the learning rate falls: to the last step, or when BLEU stops rising"),
  DECAY_PATIENCE(
      "training.decay-patience",
      "--decay-patience",
      whole(1),
      "validations without a better BLEU that make a plateau"),
  EMBEDDING_DROPOUT(
      "training.dropout.embedding",
      "--embedding-dropout",
      share(),
      "zeroed share of a token's embedding"),
  CONTEXT_DROPOUT(
      "training.dropout.context",
      "--context-dropout",
      share(),
      "zeroed share of what the encoder says"),
  OUTPUT_DROPOUT(
      "training.dropout.output", "--output-dropout", share(), "zeroed share of the readout"),
  BPE_DROPOUT(
      "training.bpe-dropout",
      "--bpe-dropout",
      share(),
      "share of merges left out where training pairs are segmented"),
  LABEL_SMOOTHING(
      "training.label-smoothing",
      "--label-smoothing",
      share(),
      "share of the target spread over the vocabulary"),
  WEIGHT_DECAY(
      "training.weight-decay",
      "--weight-decay",
      number("0 or more", value -> value >= 0),
      "share of each parameter that a step of rate 1 takes away"),
  AVERAGING(
      "training.averaging",
      "--averaging",
      share(),
      "share of the past in the average of the parameters that is kept; 0 for none"),
  CLIP_NORM(
      "training.clip-norm",
      "--clip-norm",
      number("above 0", value -> value > 0),
      "greatest norm of all gradients together"),
  VALIDATE_EVERY(
      "training.validate-every", "--validate-every", whole(1), "steps between validations"),
  PATIENCE(
      "training.patience",
      "--patience",
      whole(1),
      "validations without a better BLEU that end training"),
  THREADS(
      "training.threads",
      "--threads",
      whole(1),
      "threads of libtorch; another number rounds otherwise"),
  PRECISION(
      "training.precision", "--precision", choice(Precision.class), "number format of products"),
  DEVICE(
      "training.device", "--device", choice(Device.class), "where to compute; cuda takes -Pcuda"),

  BEAM("search.beam", "--beam", whole(1, MAX_BEAM_SIZE), "hypotheses kept at each step"),
  LENGTH_PENALTY(
      "search.length-penalty",
      "--length-penalty",
      number("0 to 2", value -> value >= 0 && value <= 2),
      "exponent of the length that scores are divided by"),
  MAX_LENGTH_FACTOR(
      "search.max-length-factor",
      "--max-length-factor",
      number("above 0, at most 10", value -> value > 0 && value <= 10),
      "target tokens at most for each source token"),
  MAX_LENGTH_OFFSET(
      "search.max-length-offset",
      "--max-length-offset",
      whole(0, 200),
      "target tokens at most beyond those"),

  SERVING_PRECISION(
      "serving.precision",
      "--serving-precision",
      choice(GraphPrecision.class),
      "weights and products of the bundle; int8-vnni only for CPUs with VNNI"),
  SERVING_TARGET(
      "serving.target",
      "--serving-target",
      choice(GraphTarget.class),
      "where the bundle computes; int8 only on the cpu"),
  PRUNING(
      "serving.pruning",
      "--pruning",
      number("0 to below 1", value -> value >= 0 && value < 1),
      "gives hypotheses up whose score times this is below a finished one's; 0 for none"),
  SHORTLIST_FREQUENT(
      "serving.shortlist.frequent",
      "--shortlist-frequent",
      whole(0, MAX_VOCABULARY_SIZE),
      "target tokens that every sentence may use; 0 for all of them"),
  SHORTLIST_TRANSLATIONS(
      "serving.shortlist.translations",
      "--shortlist-translations",
      whole(1, MAX_VOCABULARY_SIZE),
      "target tokens besides that each source token brings"),

  NOTES("notes", "--notes", text(), "Markdown that ends the model card");

  private final String key;
  private final String flag;

  @SuppressWarnings("ImmutableEnumChecker") // its parser is a pure function
  private final SettingType type;

  private final String meaning;

  /** Stands for it in recipes that were written before there was such a setting; else null. */
  private final String formerly;

  Setting(String key, String flag, SettingType type, String meaning) {
    this(key, flag, type, meaning, null);
  }

  Setting(String key, String flag, SettingType type, String meaning, String formerly) {
    this.key = key;
    this.flag = flag;
    this.type = type;
    this.meaning = meaning;
    this.formerly = formerly;
  }

  /** Its place in the file: names of sections and its own, joined by dots. */
  public String key() {
    return key;
  }

  /** The flag that overrides it, such as {@code --epochs}. */
  public String flag() {
    return flag;
  }

  /** What it is, in a few words without a full stop. */
  public String meaning() {
    return meaning;
  }

  /** What a value has to be, in words. */
  public String expected() {
    return type.expected();
  }

  /** What stands for a value in the help, such as {@code N}. */
  public String label() {
    return type.label();
  }

  /** How many texts a value may be made of: 1 or 2. */
  public int mostTexts() {
    return type.kind() == SettingType.Kind.LIST ? SettingType.MOST_TEXTS : 1;
  }

  /**
   * The text of the value that recipes without it have: what training did before there was such a
   * setting. Empty if every recipe must say it.
   */
  Optional<String> formerly() {
    return Optional.ofNullable(formerly);
  }

  SettingType type() {
    return type;
  }

  static Optional<Setting> ofKey(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }
}
