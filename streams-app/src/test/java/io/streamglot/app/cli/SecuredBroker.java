package io.streamglot.app.cli;

import io.streamglot.app.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/** A broker that asks its clients for TLS and a password, with a certificate made for it. */
final class SecuredBroker implements AutoCloseable {
  static final String USER = "translator";
  static final String PASSWORD = "open-sesame-47";

  private static final String MECHANISM = "SCRAM-SHA-512";
  private static final String STORE_PASSWORD = "store-password-11";
  private static final String ADMIN_PASSWORD = "admin-password-23";

  private final Path folder;
  private final EmbeddedBroker broker;

  /**
   * Starts it, and makes its one user.
   *
   * @param folder empty; gets the data and the certificates
   * @param certificateDays how long its certificate, two days old, is good in all
   */
  SecuredBroker(Path folder, int certificateDays) throws Exception {
    this.folder = folder;
    keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c");
    keytool(
        "-genkeypair -alias broker -signer ca -dname CN=broker -ext san=ip:127.0.0.1 -startdate -2d -validity"
            .concat(" " + certificateDays)
            .split(" "));
    keytool("-exportcert", "-rfc", "-alias", "ca", "-file", caFile().toString());
    keytool("-delete", "-alias", "ca");
    broker = EmbeddedBroker.start(folder.resolve("broker"), 0, brokerSettings());
  }

  private Map<String, String> brokerSettings() {
    return Map.of(
        "listener.security.protocol.map",
        "CLIENT:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "listener.name.client.ssl.keystore.location",
        keyStore().toString(),
        "listener.name.client.ssl.keystore.password",
        STORE_PASSWORD,
        "listener.name.client.sasl.enabled.mechanisms",
        "PLAIN," + MECHANISM,
        "listener.name.client.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required user_admin=\"%s\";"
            .formatted(ADMIN_PASSWORD),
        "listener.name.client.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
  }

  /** Makes the user; takes a certificate that is good. */
  void createUser() throws Exception {
    Map<String, Object> settings = new HashMap<>();
    clientSettings().forEach(settings::put);
    settings.put("sasl.mechanism", "PLAIN");
    settings.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=admin password=\"%s\";"
            .formatted(ADMIN_PASSWORD));
    try (Admin admin = Admin.create(settings)) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      USER, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD)))
          .all()
          .get();
      while (admin.describeUserScramCredentials().all().get().isEmpty()) {
        Thread.sleep(10); // until the broker has heard of it; the timeout of the test ends it
      }
    }
  }

  /** Settings of its clients, without {@code sasl.jaas.config}. */
  Map<String, String> clientSettings() {
    return Map.of(
        "bootstrap.servers",
        broker.bootstrapServers(),
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        MECHANISM,
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        caFile().toString());
  }

  /** {@code sasl.jaas.config} of the user. */
  static String jaas(String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(USER, password);
  }

  private Path keyStore() {
    return folder.resolve("broker.p12");
  }

  private Path caFile() {
    return folder.resolve("ca.pem");
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", keyStore().toString(), "-storepass", STORE_PASSWORD));
    if (arguments[0].equals("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC"));
    }
    Path log = folder.resolve("keytool.log");
    Process keytool =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (keytool.waitFor() != 0) {
      throw new IOException(command + ": " + Files.readString(log));
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
