package io.streamglot.training.tokenizer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes and reads a vocabulary in the format of Hugging Face tokenizers, version 1.0: normalizer,
 * pre-tokenizer, model, post-processor, decoder. The steps up to the model are those of {@link
 * WordSplitter}.
 */
final class TokenizerJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenizerJson() {}

  /**
   * Writes the file.
   *
   * @param tokens all tokens in order of their ids, beginning with {@link SpecialTokens#tokens}
   * @param merges pairs of tokens in the order learned
   * @param normalization the first step
   */
  static void write(
      List<String> tokens, List<String[]> merges, Normalization normalization, Path file)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    root.set("added_tokens", addedTokens());
    root.set("normalizer", normalizer(normalization));
    root.set("pre_tokenizer", preTokenizer());
    root.set("post_processor", postProcessor());
    root.set("decoder", decoder());
    root.set("model", model(tokens, merges));
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
  }

  /**
   * What a file says of normal form and vocabulary.
   *
   * @param ids token to id
   * @param merges pairs of tokens in the order learned
   */
  record Content(
      Normalization normalization, Map<String, Integer> ids, List<List<String>> merges) {}

  /** Reads a file that {@link #write} wrote. */
  static Content read(Path file) throws IOException {
    JsonNode root = JSON.readTree(file.toFile());
    JsonNode model = root.path("model");
    return new Content(
        Normalization.valueOf(root.at("/normalizer/normalizers/0/type").textValue()),
        JSON.convertValue(model.path("vocab"), new TypeReference<>() {}),
        JSON.convertValue(model.path("merges"), new TypeReference<>() {}));
  }

  private static ArrayNode addedTokens() {
    ArrayNode added = JSON.createArrayNode();
    for (int id = 0; id < SpecialTokens.NAMES.size(); id++) {
      added
          .addObject()
          .put("id", id)
          .put("content", SpecialTokens.NAMES.get(id))
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    return added;
  }

  private static ObjectNode normalizer(Normalization normalization) {
    ObjectNode sequence = typed("Sequence");
    ArrayNode steps = sequence.putArray("normalizers");
    steps.add(typed(normalization.name()));
    ObjectNode fold = typed("Replace").put("content", " ");
    fold.putObject("pattern").put("Regex", WordSplitter.WHITE_SPACE);
    steps.add(fold);
    steps.add(typed("Strip").put("strip_left", true).put("strip_right", true));
    return sequence;
  }

  private static ObjectNode preTokenizer() {
    ObjectNode sequence = typed("Sequence");
    ArrayNode steps = sequence.putArray("pretokenizers");
    steps.add(metaspace());
    ObjectNode isolate = typed("Split").put("behavior", "Isolated").put("invert", false);
    isolate.putObject("pattern").put("Regex", WordSplitter.ISOLATED);
    steps.add(isolate);
    return sequence;
  }

  private static ObjectNode postProcessor() {
    String end = SpecialTokens.NAMES.get(SpecialTokens.END);
    ObjectNode template = typed("TemplateProcessing");
    ArrayNode single = template.putArray("single");
    single.add(sequencePiece("A"));
    single.add(specialPiece(end));
    ArrayNode pair = template.putArray("pair");
    pair.add(sequencePiece("A"));
    pair.add(specialPiece(end));
    pair.add(sequencePiece("B"));
    pair.add(specialPiece(end));
    ObjectNode special = template.putObject("special_tokens").putObject(end);
    special.put("id", end);
    special.putArray("ids").add(SpecialTokens.END);
    special.putArray("tokens").add(end);
    return template;
  }

  private static ObjectNode sequencePiece(String id) {
    ObjectNode piece = JSON.createObjectNode();
    piece.putObject("Sequence").put("id", id).put("type_id", 0);
    return piece;
  }

  private static ObjectNode specialPiece(String id) {
    ObjectNode piece = JSON.createObjectNode();
    piece.putObject("SpecialToken").put("id", id).put("type_id", 0);
    return piece;
  }

  private static ObjectNode decoder() {
    ObjectNode sequence = typed("Sequence");
    ArrayNode steps = sequence.putArray("decoders");
    steps.add(typed("ByteFallback"));
    steps.add(metaspace());
    steps.add(typed("Fuse"));
    return sequence;
  }

  private static ObjectNode model(List<String> tokens, List<String[]> merges) {
    ObjectNode model = typed("BPE");
    model.putNull("dropout");
    model.put("unk_token", SpecialTokens.NAMES.get(SpecialTokens.UNKNOWN));
    model.putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix");
    model.put("fuse_unk", true);
    model.put("byte_fallback", true);
    model.put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    ArrayNode pairs = model.putArray("merges");
    for (String[] merge : merges) {
      pairs.addArray().add(merge[0]).add(merge[1]);
    }
    return model;
  }

  private static ObjectNode metaspace() {
    return typed("Metaspace")
        .put("replacement", WordSplitter.SPACE)
        .put("prepend_scheme", "always")
        .put("split", true);
  }

  private static ObjectNode typed(String type) {
    return JSON.createObjectNode().put("type", type);
  }
}
