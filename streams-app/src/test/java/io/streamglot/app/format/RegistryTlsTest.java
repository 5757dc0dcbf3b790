package io.streamglot.app.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    var context = companysOwn();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            var strict = context.getDefaultSSLParameters();
            strict.setNeedClientAuth(true);
            parameters.setSSLParameters(strict);
          }
        });
    server.createContext(
        "/",
        request -> {
          var body = "{\"schema\": \"\\\"string\\\"\"}".getBytes(StandardCharsets.UTF_8);
          request.sendResponseHeaders(200, body.length);
          request.getResponseBody().write(body);
          request.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void kafkasSettingsLeadToTheRegistryToo() {
    var tls =
        Map.of(
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

    assertThat(registry(tls).schema(7)).isEqualTo(Schema.create(Schema.Type.STRING));
  }

  @Test
  void aCertificateThatNothingVouchesForIsRefused() {
    assertThatThrownBy(() -> registry(Map.of()).schema(7))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("unable to find valid certification path");
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

  private static SchemaRegistry registry(Map<String, String> tls) {
    var url = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    return new SchemaRegistry(
        new RegistrySettings(url, Optional.empty(), SubjectNaming.TOPIC, true, tls),
        Duration.ofMinutes(1));
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
