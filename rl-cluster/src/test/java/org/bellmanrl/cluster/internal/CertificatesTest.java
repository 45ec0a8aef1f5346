package org.bellmanrl.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.bellmanrl.lab.cluster.ClusterException;
import org.bellmanrl.lab.cluster.Membership;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of one authority let machines in, those of another do not. */
@Timeout(600)
class CertificatesTest {
  @TempDir Path folder;

  private static Security security(Path certificate) {
    return new Security(
        new Membership("127.0.0.1", 2551, Optional.empty(), "", Optional.of(certificate)));
  }

  @Test
  void certify_makesWhatLetsMachinesIn() throws Exception {
    Certificates ours = new Certificates(folder.resolve("ours"));
    Path learner = ours.certify("learner");
    Path worker = ours.certify("worker");
    Path stranger = new Certificates(folder.resolve("others")).certify("worker");
    assertThat(Files.getPosixFilePermissions(worker)).hasSize(2);
    KeyStore keys = KeyStore.getInstance(worker.toFile(), Security.PASSWORD.toCharArray());
    assertThat(keys.isKeyEntry("worker")).isTrue();
    assertThat(keys.isCertificateEntry("ca")).as("the key of the authority stays at home").isTrue();
    assertThatThrownBy(() -> ours.certify("worker"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("is there already");
    assertThatThrownBy(() -> ours.certify("../x")).hasMessageContaining("letters, digits, dots");

    BlockingQueue<String> log = new LinkedBlockingQueue<>();
    try (JobServer server =
        new JobServer(
            InetAddress.getLoopbackAddress(), security(learner), Map.of(), Map.of(), line -> {})) {
      Set<String> door = Set.of("127.0.0.1:" + server.port());
      JobClient refused =
          new JobClient(security(stranger), "x", 1, Map.of(), (s, j, r) -> j, log::add);
      refused.dispatchers("x:1", door);
      assertThat(log.take()).startsWith("no connection to the learner");
      assertThat(server.capacity()).isZero();
      refused.close();

      JobClient taken = new JobClient(security(worker), "w", 1, Map.of(), (s, j, r) -> j, log::add);
      taken.dispatchers("w:1", door);
      byte[] job = new byte[1_000_000];
      job[999_999] = 7;
      assertThat(server.submit(server.stage(new byte[0], true), job, report -> {}).result().join())
          .isEqualTo(job);
      taken.close();
    }
  }

  @Test
  void addresses_thatOthersReach_needAKey() throws IOException {
    InetAddress reachable = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
    assertThatThrownBy(() -> Security.requireGuarded(Membership.of("10.0.0.1:2551"), reachable))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("give --secret FILE");
    Security.requireGuarded(Membership.of("127.0.0.1:1"), InetAddress.getLoopbackAddress());
    Security.requireGuarded(
        new Membership("10.0.0.1", 2551, Optional.empty(), "words", Optional.empty()), reachable);
  }
}
