package io.streamglot.app.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A registry whose certificate only a company knows, and that knows only the company's clients. */
@Timeout(30)
class RegistryTlsTest {

  private static final String PASSWORD = "store-password-59";

  @TempDir private static Path folder;
  private static HttpsServer server;

  @BeforeAll
  static void start() throws Exception {
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=registry", "-ext", "san=ip:127.0.0.1");
    keytool("-exportcert", "-rfc", "-file", folder.resolve("ca.pem").toString());
    server = registryAt(0);
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void kafkasSettingsLeadToTheRegistryToo() {
    assertThat(registry(tls()).schema(7)).isEqualTo(Schema.create(Schema.Type.STRING));
  }

  @Test
  void aCertificateThatNothingVouchesForIsRefused() {
    assertThatThrownBy(() -> registry(Map.of()).schema(7))
        .isInstanceOf(RegistryException.class)
        .hasMessageContainingAll(
            "expected a certificate that can be trusted",
            "unable to find valid certification path");
  }

  @Test
  void aHandshakeThatIsCutShortIsTriedAgain() throws Exception {
    URI url;
    CompletableFuture<Schema> asked;
    try (var restarting = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      url = URI.create("https://127.0.0.1:" + restarting.getLocalPort());
      asked = CompletableFuture.supplyAsync(() -> registry(url, tls()).schema(7));
      cutShort(restarting);
    }
    var back = registryAt(url.getPort());
    try {
      assertThat(asked.join()).isEqualTo(Schema.create(Schema.Type.STRING));
    } finally {
      back.stop(0);
    }
  }

  /** As a balancer does that has no registry behind it: with TLS's fatal alert "internal_error". */
  private static void cutShort(ServerSocket server) throws IOException {
    try (var connection = server.accept()) {
      assertThat(connection.getInputStream().read(new byte[1 << 14])).isPositive();
      connection.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 80});
    }
  }

  @Test
  void aStoreThatIsNotThereIsNamed() {
    var tls =
        Map.of("ssl.truststore.location", "/no/such.p12", "ssl.truststore.password", PASSWORD);

    assertThatThrownBy(() -> registry(tls))
        .isInstanceOf(RegistryException.class)
        .hasMessageContainingAll("schema registry https:", "ssl.*", "/no/such.p12")
        .hasMessageNotContaining(PASSWORD);
  }

  private static Map<String, String> tls() {
    return Map.of(
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        folder.resolve("ca.pem").toString(),
        "ssl.keystore.location",
        keyStore().toString(),
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.password",
        PASSWORD);
  }

  private static SchemaRegistry registry(Map<String, String> tls) {
    return registry(URI.create("https://127.0.0.1:" + server.getAddress().getPort()), tls);
  }

  private static SchemaRegistry registry(URI url, Map<String, String> tls) {
    return new SchemaRegistry(
        new RegistrySettings(url, Optional.empty(), SubjectNaming.TOPIC, true, tls),
        Duration.ofMinutes(1));
  }

  private static HttpsServer registryAt(int port) throws Exception {
    var context = companysOwn();
    var made = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    made.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            var strict = context.getDefaultSSLParameters();
            strict.setNeedClientAuth(true);
            parameters.setSSLParameters(strict);
          }
        });
    made.createContext(
        "/",
        request -> {
          var body = "{\"schema\": \"\\\"string\\\"\"}".getBytes(StandardCharsets.UTF_8);
          request.sendResponseHeaders(200, body.length);
          request.getResponseBody().write(body);
          request.close();
        });
    made.start();
    return made;
  }

  /** Shows the one certificate and trusts it alone, by the JDK's means. */
  private static SSLContext companysOwn() throws Exception {
    var store = KeyStore.getInstance(keyStore(), PASSWORD.toCharArray());
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("company", store.getCertificate("registry"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static File keyStore() {
    return folder.resolve("registry.p12").toFile();
  }

  private static void keytool(String... arguments) throws Exception {
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-alias", "registry", "-keystore", keyStore().toString(), "-storepass", PASSWORD));
    var log = folder.resolve("keytool.log").toFile();
    var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    assertThat(process.waitFor()).isZero();
  }
}
