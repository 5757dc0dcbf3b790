package io.streamglot.app.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The REST API of a schema registry, as Confluent's has it, and others after it. A registry that
 * cannot be reached or is overloaded is asked again for a while. Thread-safe.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Schema
 *     Registry API reference</a>
 */
final class RegistryApi {

  /**
   * How long an answer may take, with all that is asked again: half of the {@code
   * transaction.timeout.ms} that Streamglot sets, since the stream's thread asks in a transaction.
   */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(250);

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private static final JsonMapper JSON = new JsonMapper();

  private final RegistrySettings settings;
  private final Duration patience;
  private final HttpClient http;

  /**
   * What the registry said.
   *
   * @param status of HTTP
   * @param body missing where it is no JSON
   */
  record Answer(int status, JsonNode body) {

    boolean isOk() {
      return status == OK;
    }

    /** The API's own code of what is wrong; 0 where it gives none. */
    int errorCode() {
      return body.path("error_code").asInt();
    }

    /** Status and message, for a message of ours. */
    String problem() {
      var message = body.path("message").asText().lines().findFirst().orElse("");
      return message.isEmpty() ? "status " + status : "status %d, %s".formatted(status, message);
    }

    /** Whether another try may go better. */
    boolean mayHeal() {
      return status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
    }
  }

  /**
   * Nothing is asked yet.
   *
   * @param patience how long an answer may take, with all that is asked again
   * @throws RegistryException if TLS is not to be had by its settings
   */
  RegistryApi(RegistrySettings settings, Duration patience) {
    this.settings = settings;
    this.patience = patience;
    this.http = client(settings);
  }

  private static HttpClient client(RegistrySettings settings) {
    var client = HttpClient.newBuilder();
    if ("https".equals(settings.url().getScheme())) {
      client.sslContext(RegistryTls.context(settings));
    }
    return client.build();
  }

  /**
   * Asks for what is at a path.
   *
   * @throws RegistryException if there is no answer
   */
  Answer get(String path) {
    return ask(request(path).GET().build());
  }

  /**
   * Hands JSON to a path.
   *
   * @throws RegistryException if there is no answer
   */
  Answer post(String path, String json) {
    return ask(
        request(path)
            .header("Content-Type", MEDIA_TYPE)
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    var request =
        HttpRequest.newBuilder(URI.create(settings.url() + path)).header("Accept", MEDIA_TYPE);
    settings
        .credentials()
        .ifPresent(
            credentials ->
                request.header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(credentials.getBytes(StandardCharsets.UTF_8))));
    return request;
  }

  /**
   * Ends with the registry's last answer, or with what the last try without one met. A try that the
   * end of the patience cut short says less than the one before it.
   */
  private Answer ask(HttpRequest request) {
    long end = System.nanoTime() + patience.toNanos();
    Answer answer = null;
    IOException problem = null;
    do {
      try {
        answer = send(request, end);
        problem = null;
        if (!answer.mayHeal()) {
          return answer;
        }
      } catch (HttpTimeoutException e) {
        if (answer == null && problem == null) {
          problem = e;
        }
      } catch (IOException e) {
        refuseCertificate(e);
        answer = null;
        problem = e;
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    } while (pauseIfTimeIsLeft(end));
    if (problem != null) {
      throw new RegistryException(
          "schema registry %s: expected an answer within %d ms, actual none: %s"
              .formatted(settings, patience.toMillis(), reason(problem)),
          problem);
    }
    return answer;
  }

  /** A certificate is no better a moment later; all else that ends a handshake may be. */
  private void refuseCertificate(IOException problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        throw new RegistryException(
            "schema registry %s: expected a certificate that can be trusted, actual: %s"
                .formatted(settings, cause.getMessage()),
            problem);
      }
    }
  }

  /**
   * The timeout of a request would end with the head of its answer; this is one for all of it.
   *
   * @throws HttpTimeoutException at the end
   */
  private Answer send(HttpRequest request, long end) throws IOException, InterruptedException {
    var response = http.sendAsync(request, BodyHandlers.ofString());
    try {
      var whole = response.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      return new Answer(whole.statusCode(), json(whole.body()));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException problem ? problem : new IOException(e.getCause());
    } catch (TimeoutException e) {
      response.cancel(true);
      throw new HttpTimeoutException("no whole answer in that time");
    }
  }

  /** The JDK's client gives some exceptions no message, such as that of a refused connection. */
  private static String reason(IOException problem) {
    return problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
  }

  /** False if there is no time for another try. */
  private boolean pauseIfTimeIsLeft(long end) {
    if (end - System.nanoTime() <= PAUSE.toNanos()) {
      return false;
    }
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return end - System.nanoTime() > 0;
  }

  private RegistryException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new RegistryException(
        "schema registry %s: expected an answer, actual interrupted".formatted(settings), cause);
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
